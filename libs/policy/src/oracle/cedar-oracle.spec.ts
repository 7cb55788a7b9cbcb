import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, decide, emptyState } from '../index.js';
import { cedarPolicies } from './cedar-policies.fixture.js';
import { cedarRequest } from './cedar-request.fixture.js';
import { call, changesOf, slice, world, type OracleWorld } from './oracle-world.fixture.js';

const policySet = 'oracle';

interface Answer {
  readonly isAllowed: boolean;
  /** The grants that give the call, as rules. */
  readonly givenBy: readonly string[];
}

function load(held: OracleWorld): void {
  const parsed = preparsePolicySet(policySet, { staticPolicies: { ...cedarPolicies(held) } });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('; '));
}

function asked({ entities, ...request }: ReturnType<typeof cedarRequest>): Answer {
  const answer = statefulIsAuthorized({ ...request, entities, preparsedPolicySetId: policySet });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  const { decision, diagnostics } = answer.response;
  const broken = diagnostics.errors.filter(({ policyId }) => !policyId.startsWith('grant:'));
  if (broken.length > 0) throw new Error(`a forbid cannot be evaluated: ${JSON.stringify(broken)}`);
  return { isAllowed: decision === 'allow', givenBy: diagnostics.reason };
}

describe('Cedar as an oracle (protocol G5)', () => {
  test('says the same as the library about 10,000 random calls, each in a random world of its own', () => {
    const tally = { allowed: 0, denied: new Map<string | null, number>() };
    fc.assert(
      fc.property(world, call, (held, made) => {
        const decision = decide(applyChanges(emptyState(slice), changesOf(held), 1, { snapshot: true }), made);
        load(held);
        const { isAllowed, givenBy } = asked(cedarRequest(held, made));

        expect(decision.outcome, `reason ${decision.reason}, ${decision.detail}`).toBe(isAllowed ? 'allow' : 'deny');
        if (isAllowed) expect(givenBy).toContain(decision.rule);
        if (isAllowed) tally.allowed += 1;
        else tally.denied.set(decision.reason, (tally.denied.get(decision.reason) ?? 0) + 1);
      }),
      { numRuns: 10_000 },
    );
    console.log(
      `Cedar agreed about ${tally.allowed} allowed and ${JSON.stringify(Object.fromEntries(tally.denied))} denied calls`,
    );
    expect(tally.allowed).toBeGreaterThan(100);
    expect(tally.denied.get('constraint') ?? 0).toBeGreaterThan(100);
  }, 300_000);
});
