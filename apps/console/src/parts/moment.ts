/** What a `datetime-local` input holds, as milliseconds since the epoch; null when it is empty. Local time, as the input shows it. */
export function momentOf(text: string): number | null {
  if (text === '') return null;
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
