/** As Postgres writes it. What is compared as a uuid, and not as its text, is found by the index. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
}
