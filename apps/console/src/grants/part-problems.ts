/** What the server says about one field, by its path within the constraint or obligation. */
export interface PartProblem {
  readonly path: string;
  readonly message: string;
}

/** What is said about the field itself or something in it. */
export function problemAt(problems: readonly PartProblem[], name: string): string | undefined {
  return problems.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message;
}

/** What is said about what lies in the field, such as `each.0`, by the path from there on. */
export function problemsWithin(problems: readonly PartProblem[], name: string): readonly PartProblem[] {
  return problems.flatMap(({ path, message }) =>
    path.startsWith(`${name}.`) ? [{ path: path.slice(name.length + 1), message }] : [],
  );
}

/** What is said about none of the fields that are drawn. */
export function problemsElsewhere(problems: readonly PartProblem[], drawn: readonly string[]): readonly PartProblem[] {
  return problems.filter(({ path }) => !drawn.some((name) => path === name || path.startsWith(`${name}.`)));
}
