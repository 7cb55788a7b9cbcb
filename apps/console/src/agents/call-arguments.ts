/** The arguments of a call as they were typed: a JSON object, nothing typed being an empty one. `null` when it is something else. */
export function argumentsIn(text: string): { readonly value: object } | null {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { value } : null;
  } catch {
    return null;
  }
}
