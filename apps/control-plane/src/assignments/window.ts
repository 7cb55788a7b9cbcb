/** What of an assignment decides when it holds; milliseconds, `null` without a beginning or an end. */
export interface AssignmentWindow {
  readonly notBefore: number | null;
  readonly notAfter: number | null;
}

export type WindowState = 'pending' | 'current' | 'ended';

/** Whether an assignment holds now: from `notBefore` on and up to, not including, `notAfter`. */
export function windowState({ notBefore, notAfter }: AssignmentWindow, now: number): WindowState {
  if (notAfter !== null && now >= notAfter) return 'ended';
  return notBefore !== null && now < notBefore ? 'pending' : 'current';
}

/** The condition under which the assignment `alias` stands and holds now; SQL text of constant parts. */
export function assignmentWindowSql(alias: string): string {
  return `(${alias}.removed_at is null and (${alias}.not_before is null or ${alias}.not_before <= now())
    and (${alias}.not_after is null or ${alias}.not_after > now()))`;
}
