const firstFields = ['kind', 'path'];
const rank = (field: string) => (firstFields.includes(field) ? firstFields.indexOf(field) : firstFields.length);

/** Fields in the order in which people read them, at every depth. */
export function kindFirst(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(kindFirst);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([field, value]) => [field, kindFirst(value)]),
  );
}
