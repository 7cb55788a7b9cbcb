import { recordedCallSchema } from '@portcullis/contracts';
import { deskObjects, scriptedLink, TestClock, waitFor, type ScriptedLink, type Written } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGuard } from '../guard.js';
import { newStateFolder } from '../new-state-folder.fixture.js';
import { allowed, callerOf, reasonOf } from '../started.fixture.js';
import type { Guard, GuardedCall, GuardOptions, VerifiedCaller } from '../types.js';
import { mostLabelled } from './conversation-labels.js';

let link: ScriptedLink;
let clock: TestClock;
let guard: Guard;
let caller: VerifiedCaller;

const when = (condition: string) => `forbid (principal, action == Action::"support-desk/refund", resource)
when { ${condition} };`;
const policy = (id: string, text: string): Written => ({
  ...{ kind: 'policy', id },
  value: {
    ...{ name: id, text, environment: null, version: 1, parameters: [] },
    places: [{ tools: null, classes: null, server: null, environment: null }],
  },
});
const untrustedList = (): Written => {
  const grant = deskObjects().find(({ id }) => id === 'support-list');
  const obligations = [{ kind: 'label', trust: 'untrusted', secrecy: 'internal' }];
  return { kind: 'grant', id: 'support-list', value: { ...(grant?.value as object), obligations } };
};

beforeEach(async () => {
  link = await scriptedLink();
  Object.assign(link.answers, { leaseMs: 3_600_000, reportEveryMs: 1_000_000, now: () => clock.wall() });
  clock = new TestClock();
});
afterEach(async () => {
  await guard.close();
  await link.close();
});

async function begin(objects: readonly Written[], options: Partial<GuardOptions> = {}): Promise<void> {
  const [first, ...more] = objects;
  if (first) link.commit(first, ...more);
  const state = newStateFolder();
  guard = await startGuard({ url: link.url, joinToken: link.newJoinToken(), state, ...options }, clock);
  caller = await callerOf(guard, link);
}
const refund = async (by = caller) => guard.consult(by, 'refund', { amount: 5 });
const reason = async (by = caller) => reasonOf(await refund(by));
async function published(...objects: readonly Written[]): Promise<void> {
  const revision = link.commit(...objects);
  await waitFor(() => guard.revision === revision, { what: 'the change applied' });
}

/** The tool answers, and as much as may of it leaves. */
async function read(by = caller): Promise<GuardedCall> {
  const call = allowed(guard.decide(by, 'list_tickets', {}));
  expect(await call.start()).toBeUndefined();
  if (call.mustFulfil) call.fulfil({ content: [{ type: 'text', text: 'T-1' }] });
  expect(call.release('ok')).toBeUndefined();
  return call;
}

describe('the recent rate', () => {
  const rate = policy('rate', when('context.signals.recentRate > 2'));

  it('counts what this guard decided for the agent, refused calls too, for a minute of control time', async () => {
    await begin([rate]);
    expect([await reason(), await reason(), await reason()]).toEqual([null, null, null]);
    expect([await reason(), await reason()]).toEqual(['policy', 'policy']);
    clock.advance(62_000);
    expect(await reason()).toBeNull();
  });

  it('is counted per agent, over all tools and tokens', async () => {
    await begin([rate]);
    const research = await callerOf(guard, link, { agent: 'research', role: 'research', task: 'lookup' });
    const other = await callerOf(guard, link);
    for (let count = 0; count < 3; count += 1) guard.decide(research, 'list_tickets', {});
    guard.decide(caller, 'list_tickets', {});
    guard.decide(other, 'nothing_of_the_kind', {});
    expect([await reason(), await reason()]).toEqual([null, 'policy']);
  });

  it('begins with the policy that reads it, and several calls at once are judged one after the other', async () => {
    await begin([]);
    for (let count = 0; count < 5; count += 1) expect(await reason()).toBeNull();
    await published(rate);
    const reasons = await Promise.all(Array.from({ length: 5 }, () => reason()));
    expect(reasons).toEqual([null, null, null, 'policy', 'policy']);
  });

  it('does not stop a call in flight when a policy begins to read it', async () => {
    await begin([]);
    const running = allowed(await refund());
    await published(rate);
    expect(running.signal.aborted).toBe(false);
  });
});

describe('the labels', () => {
  const careful = policy('careful', `@hold("finance") ${when('context.signals.labels.trust == "untrusted"')}`);

  it('are those of results that left: a call that was only decided, or whose result was dropped, raises nothing', async () => {
    await begin([careful, untrustedList()]);
    expect(await reason()).toBeNull();
    const call = allowed(guard.decide(caller, 'list_tickets', {}));
    expect(await call.start()).toBeUndefined();
    expect(await reason()).toBeNull();
    expect(call.release('ok')).toMatchObject({ meta: { outcome: 'aborted', reason: 'guard_outdated' } });
    expect(await reason()).toBeNull();
    await read();
    expect(await refund()).toMatchObject({ meta: { outcome: 'hold', reason: 'approval_required' } });
  });

  it('rise before something leaves that is not the result', async () => {
    await begin([careful, untrustedList()]);
    const call = allowed(guard.decide(caller, 'list_tickets', {}));
    expect(await call.start()).toBeUndefined();
    expect(call.mayTell()).toBe(true);
    expect(await reason()).toBe('approval_required');
  });

  it('are known of what left before a policy began to read them', async () => {
    await begin([untrustedList()]);
    await read();
    await published(careful);
    expect(await reason()).toBe('approval_required');
  });

  it('are those of one conversation, and of all of them where the token names none', async () => {
    const conversation = (id: string): Written => {
      const value = { ...{ agent: 'cs-prod', user: null, tasks: ['lookup', 'execute'], attributes: {}, digests: [] } };
      const rest = { status: 'open', expiresAt: clock.wall() + 3_600_000, credential: null, environment: null };
      return { kind: 'conversation', id, value: { ...value, ...rest } };
    };
    await begin([careful, untrustedList(), conversation('c-1'), conversation('c-2')]);
    const [one, two] = [
      await callerOf(guard, link, { conversation: 'c-1' }),
      await callerOf(guard, link, { conversation: 'c-2' }),
    ];
    await read(one);
    expect([await reason(one), await reason(two), await reason()]).toEqual([
      'approval_required',
      null,
      'approval_required',
    ]);
  });
});

describe('a result whose labels there is no room for', () => {
  it('does not leave, and the record says why', async () => {
    await begin([untrustedList()]);
    const as = (user: number): VerifiedCaller => ({
      ...caller,
      claims: { ...caller.claims, user: `portcullis:${user}` },
    });
    for (let user = 1; user < mostLabelled; user += 1) await read(as(user));
    const call = allowed(guard.decide(as(0), 'list_tickets', {}));
    await call.start();
    expect(call.mayTell()).toBe(false);
    expect(call.fulfil({ content: [] })).toBeDefined();
    expect(call.release('ok')).toMatchObject({ meta: { outcome: 'aborted', reason: 'record_unavailable' } });
    await read(as(1));
  });
});

describe('the scorer', () => {
  const dangerous = policy('dangerous', when('context.signals.scorer.greaterThan(decimal("0.8"))'));

  it('is asked about calls that a policy judges by its score, before they are decided', async () => {
    const asked: unknown[] = [];
    const scorer: GuardOptions['scorer'] = async ({ tool, arguments: given }) => {
      asked.push([tool, given]);
      return (given as { amount: number }).amount / 10;
    };
    await begin([dangerous], { scorer });
    expect(await reason()).toBeNull();
    expect(reasonOf(await guard.consult(caller, 'refund', { amount: 9 }))).toBe('policy');
    expect(asked).toEqual([
      ['refund', { amount: 5 }],
      ['refund', { amount: 9 }],
    ]);
  });

  it('is not asked about a call that is refused whatever it says, nor where no policy reads it', async () => {
    const asked: string[] = [];
    const scorer: GuardOptions['scorer'] = ({ tool }) => asked.push(tool) * 0;
    await begin([], { scorer });
    expect(await reason()).toBeNull();
    await published(dangerous);
    expect(reasonOf(await guard.consult(caller, 'refund', { amount: 101 }))).toBe('constraint');
    expect(reasonOf(await guard.consult(caller, 'purge', {}))).toBe('no_grant');
    expect(asked).toEqual([]);
  });

  it('P-G1 that does not answer, and a host without one or that cannot wait, leaves the call refused', async () => {
    await begin([dangerous], { scorer: () => Number.NaN });
    expect(await reason()).toBe('policy_error');
    await guard.close();
    await begin([], { scorer: () => 0 });
    expect(reasonOf(guard.decide(caller, 'refund', { amount: 5 }))).toBe('policy_error');
    expect(await reason()).toBeNull();
    await guard.close();
    await begin([]);
    expect(await reason()).toBe('policy_error');
  });

  it('P-G1 was not asked about a call in flight when a policy begins to read it, so that call is stopped', async () => {
    await begin([], { scorer: () => 0 });
    const unscored = allowed(await refund());
    await published(dangerous);
    expect(unscored.signal.reason).toMatchObject({ meta: { outcome: 'aborted', reason: 'policy_error' } });
    const scored = allowed(await refund());
    await published({ ...dangerous, id: 'again' });
    expect(scored.signal.aborted).toBe(false);
  });

  it('P-G1 that is late leaves the call refused', async () => {
    await begin([dangerous], { scorer: () => new Promise<number>(() => undefined), scorerWithinMs: 100 });
    const answer = reason();
    clock.advance(100);
    expect(await answer).toBe('policy_error');
  });
});

describe('the signals of a decision', () => {
  it('are recorded with what was asked, those alone that policies in scope read', async () => {
    const both = 'context.signals.recentRate > 5 || context.signals.scorer.greaterThan(decimal("0.8"))';
    await begin([policy('both', when(both)), policy('from', when('context.signals.provenance.contains("x")'))], {
      scorer: () => 0.25,
    });
    await reason();
    const { decisionId } = allowed(await refund());
    await guard.close();
    const recordings = link.reports.flatMap(({ recordings: told = [] }) => told);
    const text = recordings.find(({ decision }) => decision === decisionId)?.call ?? 'null';
    expect(recordedCallSchema.parse(JSON.parse(text)).signals).toEqual({
      recentRate: 1,
      provenance: [],
      scorer: 0.25,
    });
  });

  it('say of a scorer that said nothing that it was asked', async () => {
    await begin([policy('scored', when('context.signals.scorer.greaterThan(decimal("0.8"))'))], { scorer: () => NaN });
    expect(await reason()).toBe('policy_error');
    await guard.close();
    const [told] = link.reports.flatMap(({ recordings = [] }) => recordings);
    const said: unknown = JSON.parse(told?.call ?? 'null');
    expect(said).toMatchObject({ signals: { scorer: null } });
    expect(recordedCallSchema.parse(said).signals).toStrictEqual({ scorer: undefined });
  });

  it('are none where no policy reads one', async () => {
    await begin([untrustedList()], { scorer: () => 0.25 });
    await read();
    await guard.close();
    const [told] = link.reports.flatMap(({ recordings = [] }) => recordings);
    expect(JSON.parse(told?.call ?? 'null')).not.toHaveProperty('signals');
  });
});
