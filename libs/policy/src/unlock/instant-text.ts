const utc = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });
const latest = 8.64e15;

/** An instant in words that every reader can place: to the second, in UTC. */
export function instantText(instant: number): string {
  return Math.abs(instant) <= latest ? `${utc.format(instant)} UTC` : String(instant);
}
