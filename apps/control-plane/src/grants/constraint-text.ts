import { constraintSchema } from '@portcullis/contracts';

/** A constraint in words. One of a later version is shown as it stands. */
export function constraintText(stored: unknown): string {
  const parsed = constraintSchema.safeParse(stored);
  if (!parsed.success) return JSON.stringify(stored);
  switch (parsed.data.kind) {
    case 'max':
      return `${parsed.data.path} at most ${parsed.data.value}`;
  }
}
