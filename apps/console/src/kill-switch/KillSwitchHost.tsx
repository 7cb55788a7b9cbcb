import type { ReactNode } from 'react';

export function KillSwitchHost({ children }: { readonly children: ReactNode }) {
  return children;
}
