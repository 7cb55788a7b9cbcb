export type RotationState = 'fine' | 'due_soon' | 'overdue';

/** How a rotation stands at `now`; without anything to rotate it is fine. All in milliseconds. */
export function rotationState(nextDueAt: number | null, warnMs: number, now: number): RotationState {
  if (nextDueAt === null || now < nextDueAt - warnMs) return 'fine';
  return now < nextDueAt ? 'due_soon' : 'overdue';
}
