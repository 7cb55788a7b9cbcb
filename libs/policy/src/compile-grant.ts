import { feedObjectSchemas, type FeedValue } from '@portcullis/contracts';
import { compileObligations, noObligations, type CompiledObligations } from './compile-obligations.js';
import { asksRecord } from './constraints/asks-record.js';
import { noChecks, sharedChecks } from './constraints/shared-checks.js';
import { compileConstraint } from './constraints/compile-constraint.js';
import type { ConstraintCheck, Unrecorded } from './constraints/constraint-check.js';
import type { Engines } from './engines.js';
import type { CompiledGrant } from './state.js';

const placeSchema = feedObjectSchemas.grant.pick({ role: true, environment: true, tool: true, conversation: true });

/**
 * Compiles a grant for deciding. A grant whose place can be read but whose rest cannot, or that carries a constraint or an
 * obligation of an unknown kind, or one that needs an engine its host does not have, is void: it gives nothing and says so. `undefined`: not even its place can be read.
 */
export function compileGrant(
  id: string,
  revision: number,
  authored: unknown,
  engines: Engines,
): CompiledGrant | undefined {
  const parsed = feedObjectSchemas.grant.safeParse(authored);
  if (parsed.success) return compiled(id, revision, parsed.data, partsOf(parsed.data, engines));
  const place = placeSchema.safeParse(authored);
  return place.success ? compiled(id, revision, { ...nothing, ...place.data }, undefined) : undefined;
}

interface Parts {
  readonly constraints: readonly ConstraintCheck[];
  readonly unproven: readonly ConstraintCheck[];
  readonly obligations: CompiledObligations;
}

/** `undefined` when any part of the grant is not understood, or when it would widen a conversation without an end. */
function partsOf(grant: FeedValue<'grant'>, engines: Engines): Parts | undefined {
  if (grant.conversation !== undefined && grant.notAfter === null) return undefined;
  const constraints = compileConstraints(grant.constraints, engines, 'held');
  const unproven = compileConstraints(grant.constraints.filter(asksRecord), engines, 'wrong');
  const obligations = compileObligations(grant.obligations ?? [], engines);
  return constraints && unproven && obligations && { constraints, unproven, obligations };
}

const nothing = { task: 'lookup', constraints: [], notBefore: null, notAfter: null, staleSeconds: 0 } as const;

/** One literal for every grant, so that all have one hidden class: the decision reads thousands of them. */
function compiled(
  id: string,
  revision: number,
  grant: Readonly<Omit<FeedValue<'grant'>, 'constraints' | 'obligations'>> & {
    readonly constraints: readonly unknown[];
    readonly obligations?: readonly unknown[] | undefined;
  },
  parts: Parts | undefined,
): CompiledGrant {
  return {
    isPlain: parts !== undefined && isPlain(grant, parts),
    task: grant.task,
    constraints: parts?.constraints ?? noChecks,
    obligations: parts?.obligations ?? noObligations,
    rule: `grant:${id}`,
    isVoid: parts === undefined,
    unproven: parts?.unproven ?? noChecks,
    conversation: grant.conversation?.id,
    id,
    revision,
    role: grant.role,
    environment: grant.environment,
    tool: grant.tool,
    notBefore: grant.notBefore ?? -Infinity,
    notAfter: grant.notAfter ?? Infinity,
    staleSeconds: grant.staleSeconds,
    authored: grant.constraints,
    promised: grant.obligations ?? [],
  };
}

function isPlain(
  { notBefore, notAfter, conversation }: Pick<FeedValue<'grant'>, 'notBefore' | 'notAfter' | 'conversation'>,
  { unproven, obligations: { quotas, approvals } }: Parts,
): boolean {
  const isAlways = notBefore === null && notAfter === null && conversation === undefined;
  return isAlways && unproven.length + quotas.length + approvals.length === 0;
}

/** `undefined` when one of them is unknown or malformed. */
function compileConstraints(
  authored: readonly unknown[],
  engines: Engines,
  unrecorded: Unrecorded,
): readonly ConstraintCheck[] | undefined {
  if (authored.length === 0) return noChecks;
  const checks = authored.map((constraint) => compileConstraint(constraint, engines, unrecorded));
  return checks.every((check) => check !== undefined) ? sharedChecks(checks) : undefined;
}
