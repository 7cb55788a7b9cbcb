type Literal = string | number | boolean;

const shown = 5;

/** A value an administrator wrote, as words name it. */
export function literalText(value: Literal): string {
  return JSON.stringify(value);
}

/** A list of them, cut after five. */
export function literalsText(values: readonly Literal[]): string {
  const first = values.slice(0, shown).map((value) => literalText(value));
  return values.length > shown ? `${first.join(', ')} and ${values.length - shown} more` : first.join(', ');
}
