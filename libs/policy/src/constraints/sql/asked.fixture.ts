import type { AccessTokenClaims } from '@portcullis/contracts';
import type { Engines } from '../../engines.js';
import { compileConstraint } from '../compile-constraint.js';

/** What a constraint says about arguments. */
export function askedWith(constraint: object, engines: Engines): (args: object) => string | undefined {
  const check = compileConstraint(constraint, engines);
  if (!check) throw new Error(`void: ${JSON.stringify(constraint)}`);
  const records = { conversations: new Map(), tools: new Map(), directories: new Map() };
  return (args) => check({ tool: 'query', arguments: args, claims: {} as AccessTokenClaims }, records);
}
