import type { ReactNode } from 'react';

/** Said of a change that is in the change log, and of nothing that a guard would still have to apply. */
export function Accepted({ revision, children }: { readonly revision: number; readonly children?: ReactNode }) {
  return (
    <p role="status">
      Accepted (revision {revision.toLocaleString()}). {children}
    </p>
  );
}
