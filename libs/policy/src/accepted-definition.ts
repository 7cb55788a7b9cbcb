import type { Engines } from './engines.js';

/** A definition that an admin accepted, by its hash. */
export interface AcceptedDefinition {
  readonly inputSchema: unknown;
  /** What its own schema has against these arguments, in words. `undefined`: nothing. Never throws. */
  readonly argumentsProblem: (value: unknown) => string | undefined;
}

/** The schema is compiled at the first call that is asked about it: most tools have no grant that asks. */
export function acceptedDefinition(inputSchema: unknown, { schema }: Engines): AcceptedDefinition {
  let check: ((value: unknown) => string | undefined) | undefined;
  const compiled = () => {
    if (schema === undefined) return () => 'arguments cannot be checked here';
    try {
      return schema.compile(inputSchema);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return () => `arguments cannot be checked: the tool's schema cannot be used (${why})`;
    }
  };
  return {
    inputSchema,
    argumentsProblem: (value) => {
      check ??= compiled();
      try {
        return check(value);
      } catch {
        return 'arguments cannot be checked';
      }
    },
  };
}
