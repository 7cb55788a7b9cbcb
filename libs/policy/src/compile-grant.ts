import { feedObjectSchemas, type FeedValue } from '@portcullis/contracts';
import { compileConstraint } from './constraints/compile-constraint.js';
import type { ConstraintCheck } from './constraints/constraint-check.js';
import type { CompiledGrant } from './state.js';

const placeSchema = feedObjectSchemas.grant.pick({ role: true, environment: true, tool: true });

/**
 * Compiles a grant for deciding. A grant whose place can be read but whose rest cannot, or that carries a constraint of an
 * unknown kind, is void: it gives nothing and says so. `undefined`: not even its place can be read.
 */
export function compileGrant(id: string, revision: number, authored: unknown): CompiledGrant | undefined {
  const parsed = feedObjectSchemas.grant.safeParse(authored);
  if (parsed.success) return compiled(id, revision, parsed.data, compileConstraints(parsed.data.constraints));
  const place = placeSchema.safeParse(authored);
  return place.success ? compiled(id, revision, { ...nothing, ...place.data }, undefined) : undefined;
}

const nothing = { task: 'lookup', constraints: [], notBefore: null, notAfter: null, staleSeconds: 0 } as const;

/** One literal for every grant, so that all have one hidden class: the decision reads thousands of them. */
function compiled(
  id: string,
  revision: number,
  grant: Readonly<Omit<FeedValue<'grant'>, 'constraints'>> & { readonly constraints: readonly unknown[] },
  constraints: readonly ConstraintCheck[] | undefined,
): CompiledGrant {
  return {
    id,
    rule: `grant:${id}`,
    revision,
    role: grant.role,
    environment: grant.environment,
    tool: grant.tool,
    isVoid: constraints === undefined,
    task: grant.task,
    notBefore: grant.notBefore ?? -Infinity,
    notAfter: grant.notAfter ?? Infinity,
    staleSeconds: grant.staleSeconds,
    constraints: constraints ?? [],
    authored: grant.constraints,
  };
}

/** `undefined` when one of them is unknown or malformed. */
function compileConstraints(authored: readonly unknown[]): readonly ConstraintCheck[] | undefined {
  const checks: ConstraintCheck[] = [];
  for (const constraint of authored) {
    const check = compileConstraint(constraint);
    if (!check) return undefined;
    checks.push(check);
  }
  return checks;
}
