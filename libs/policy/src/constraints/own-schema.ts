import type { Engines } from '../engines.js';
import type { ConstraintCheck } from './constraint-check.js';

/** The arguments are as the tool's own schema says, as an admin accepted it. Throws where the host checks no schemas. */
export function compileOwnSchema({ schema }: Engines): ConstraintCheck {
  if (schema === undefined) throw new Error('this host checks no schemas');
  return ({ tool, definition, arguments: given }, { tools }) => {
    const accepted = definition === undefined ? undefined : tools.get(tool)?.definitions?.get(definition);
    if (accepted === undefined) return 'arguments have no accepted schema to go by';
    return accepted.argumentsProblem(given);
  };
}
