import {
  announcedHash,
  claimsFor,
  earlierCalls,
  expectedAudit,
  loadCases,
  postureOf,
  scriptedLink,
  TestClock,
  worldChanges,
  type Case,
} from '@portcullis/testkit';
import { describe, expect, it } from 'vitest';
import { startGuard } from './guard.js';
import { newStateFolder } from './new-state-folder.fixture.js';
import { allowed } from './started.fixture.js';
import type { Denial, Guard, GuardedCall } from './types.js';

const leaseMs = 10_000;
const severedMs = 60_000;
const cases = loadCases();

/** How long before the case's `now` the last report was sent, so that the guard stands as the case says. */
function silenceOf(theCase: Case): number {
  const { posture, staleSeconds } = postureOf(theCase);
  if (posture === 'severed') return leaseMs + severedMs;
  return posture === 'stale' ? leaseMs + staleSeconds * 1000 : 0;
}

function asked(guard: Guard, theCase: Case): Promise<GuardedCall | Denial> {
  const { tool, arguments: args } = theCase.call;
  return guard.consult({ claims: claimsFor(theCase), key: 'token-1' }, tool, args, announcedHash(theCase));
}

/** A call that is allowed, starts and ends. */
async function ran(guard: Guard, theCase: Case): Promise<void> {
  const call = allowed(await asked(guard, theCase));
  expect(await call.start()).toBeUndefined();
  if (call.mustFulfil) call.fulfil({ content: [] });
  expect(call.release('ok')).toBeUndefined();
}

/** Brings the case's world to a real guard over a real link, lets time pass, and decides the case's call. */
async function played(theCase: Case) {
  const { call, given, world } = theCase;
  const link = await scriptedLink({
    server: call.server,
    resource: world.servers[call.server]?.resource ?? 'http://nowhere.invalid/mcp',
    objects: worldChanges(theCase),
    revision: given.revision,
  });
  const clock = new TestClock();
  const silence = silenceOf(theCase);
  link.answers.leaseMs = leaseMs;
  link.answers.reportEveryMs = 1_000_000;
  link.answers.now = () => Date.parse(given.now) - silence;
  const { scorer: score } = call.signals ?? {};
  const scorer = score === undefined ? undefined : () => score;
  const options = { url: link.url, joinToken: link.newJoinToken(), state: newStateFolder(), scorer };
  const guard = await startGuard(options, clock);
  clock.advance(silence);
  const before = guard.revision;
  for (const earlier of earlierCalls(theCase)) await ran(guard, earlier);
  const answer = await asked(guard, theCase);
  const left = await released(answer, theCase);
  const after = guard.revision;
  await guard.close();
  await link.close();
  return { answer, left, before, after, events: link.events };
}

/** Runs the case's call and gives what of the tool's answer reaches the agent. */
async function released(call: GuardedCall | Denial, { answer }: Case): Promise<unknown> {
  if (!answer || 'meta' in call) return undefined;
  expect(await call.start()).toBeUndefined();
  const left = call.mustFulfil ? call.fulfil(answer.given) : answer.given;
  expect(call.release('ok')).toBeUndefined();
  return left ?? null;
}

function meaning(answer: GuardedCall | Denial) {
  return 'meta' in answer
    ? {
        id: answer.meta.decision,
        outcome: answer.meta.outcome,
        reason: answer.meta.reason,
        revision: answer.meta.revision,
      }
    : { id: answer.decisionId, outcome: 'allow', reason: null, revision: answer.decision.revision };
}

describe(`the ${cases.length} case files, through the guard`, () => {
  it.each(cases.map((theCase) => [theCase.file, theCase.case, theCase] as const))(
    '%s: %s',
    async (_file, _title, theCase) => {
      const { answer, left, before, after, events } = await played(theCase);
      const { outcome, reason, rule, revision } = theCase.want;
      const { id, ...meant } = meaning(answer);
      expect(meant).toEqual({ outcome, reason, revision });
      const event = events.find((each) => each.type === 'decision' && each.id === id);
      expect(event).toMatchObject({ ...expectedAudit(theCase), rule });
      expect([before, after]).toEqual([revision, revision]);
      if (!theCase.answer) return;
      expect(left).toEqual(theCase.answer.left);
      const ending = events.find((each) => each.type === 'outcome' && each.decision === id);
      expect(ending).toMatchObject({ result: 'ok', rule });
      expect((ending as { withheld?: string }).withheld).toBe(theCase.answer.withheld);
    },
  );
});
