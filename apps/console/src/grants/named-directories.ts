/** The directories that constraints and obligations name, however deep they stand, each once. */
export function directoriesIn(parts: readonly unknown[]): readonly string[] {
  return [...new Set(parts.flatMap(within))];
}

function within(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { kind, directories } = part as { readonly kind?: unknown; readonly directories?: unknown };
  if (kind === 'provenance') return Array.isArray(directories) ? directories.map(String) : [];
  return Object.values(part).flatMap(within);
}
