import { feedObjectSchemas, type FeedValue } from '@portcullis/contracts';
import { compileConstraint, type ConstraintCheck } from './constraint.js';
import type { CompiledGrant } from './state.js';

const placeSchema = feedObjectSchemas.grant.pick({ role: true, environment: true, tool: true });

const nothing = { task: 'lookup', notBefore: null, notAfter: null, staleSeconds: 0, constraints: [] } as const;

/**
 * Compiles a grant for deciding. A grant whose place can be read but whose rest cannot, or that carries a constraint of an
 * unknown kind, is void: it gives nothing and says so. `undefined`: not even its place can be read.
 */
export function compileGrant(id: string, revision: number, authored: unknown): CompiledGrant | undefined {
  const head = { id, rule: `grant:${id}`, revision };
  const parsed = feedObjectSchemas.grant.safeParse(authored);
  if (!parsed.success) {
    const place = placeSchema.safeParse(authored);
    return place.success ? { ...head, ...place.data, ...nothing, isVoid: true } : undefined;
  }
  const constraints = compileConstraints(parsed.data);
  if (!constraints) return { ...head, ...parsed.data, constraints: [], isVoid: true };
  return { ...head, ...parsed.data, constraints, isVoid: false };
}

function compileConstraints(grant: FeedValue<'grant'>): readonly ConstraintCheck[] | undefined {
  const compiled: ConstraintCheck[] = [];
  for (const authored of grant.constraints) {
    const check = compileConstraint(authored);
    if (!check) return undefined;
    compiled.push(check);
  }
  return compiled;
}
