import { VisibleText } from '../parts/VisibleText.js';

/** The object that spoke, as it is named in decisions. */
export function Rule({ rule }: { readonly rule: string | null }) {
  if (rule === null) return null;
  return (
    <span className="mono dim">
      <VisibleText text={rule} />
    </span>
  );
}
