import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GuardEvent } from '@portcullis/contracts';
import { agentStop, scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowed, callerOf, reasonOf, started, untilPosture } from './started.fixture.js';
import type { Guard, GuardedCall, VerifiedCaller } from './types.js';

let link: ScriptedLink;
let guard: Guard;
let state: string;
let caller: VerifiedCaller;

beforeEach(async () => {
  link = await scriptedLink();
  ({ guard, state } = await started(link));
  caller = await callerOf(guard, link);
});
afterEach(async () => {
  await guard.close();
  await link.close();
});

async function running(tool = 'refund'): Promise<GuardedCall> {
  const call = allowed(guard.decide(caller, tool, { amount: 20 }));
  expect(await call.start()).toBeUndefined();
  return call;
}

function eventsOf({ decisionId }: GuardedCall): readonly GuardEvent[] {
  return link.events.filter((event) => ('decision' in event ? event.decision : event.id) === decisionId);
}

function until(call: GuardedCall, type: GuardEvent['type'], count = 1): Promise<readonly GuardEvent[]> {
  return waitFor(
    () => {
      const found = eventsOf(call).filter((event) => event.type === type);
      return found.length >= count && found;
    },
    { what: `${count} ${type} of the call` },
  );
}

function spooled(): string {
  const folder = join(state, 'spool');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

describe('P-A5 a call in flight', () => {
  it('is aborted within the swap that takes its right, and told so with the revision; its late result is dropped and recorded', async () => {
    const call = await running();
    const wasAborted = new Promise((resolve) => call.signal.addEventListener('abort', () => resolve(guard.revision)));
    const revision = link.commit(agentStop('e1', 'cs-prod'));
    expect(await wasAborted).toBe(revision);
    const denial = {
      meta: { outcome: 'aborted', reason: 'kill_switch', decision: call.decisionId, revision },
      hidden: false,
    };
    expect(call.signal.reason).toEqual(denial);
    expect(call.release('ok')).toEqual(denial);
    expect(call.release('ok')).toEqual(denial);
    const outcomes = await until(call, 'outcome', 2);
    expect(outcomes).toMatchObject([
      { result: 'aborted', reason: 'kill_switch', rule: 'kill-switch:e1', revision },
      { result: 'already-done', reason: 'kill_switch', rule: 'kill-switch:e1', revision },
    ]);
  });

  it('of another agent goes on, and its result leaves', async () => {
    caller = await callerOf(guard, link, {
      agent: 'research',
      sub: 'research',
      client_id: 'research',
      role: 'research',
    });
    const call = await running('list_tickets');
    const revision = link.commit(agentStop('e1', 'cs-prod'));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    expect(call.signal.aborted).toBe(false);
    expect(call.release('ok')).toBeUndefined();
    expect(await until(call, 'outcome')).toMatchObject([{ result: 'ok', reason: null, rule: 'grant:research-list' }]);
  });

  it.each([
    [
      'its agent is suspended',
      'agent_suspended',
      { kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } },
    ],
    ['its credential leaves', 'credential_revoked', { kind: 'credential', id: 'cs-prod-secret', value: null }],
    ['its agent is cut off', 'token_invalid', { kind: 'cut-off', id: 'cs-prod', value: { agent: 'cs-prod' } }],
    ['its grant leaves', 'no_grant', { kind: 'grant', id: 'support-refund', value: null }],
    ['its tool leaves', 'tool_unknown', { kind: 'tool', id: 'support-desk/refund', value: null }],
  ])('is aborted when %s', async (_when, reason, object) => {
    const call = await running();
    link.commit(object);
    await waitFor(() => call.signal.aborted, { what: 'the abort' });
    expect(call.signal.reason).toMatchObject({ meta: { outcome: 'aborted', reason } });
  });

  it('is aborted when the lease runs out, and when its token ends', async () => {
    const call = await running();
    link.answers.now = () => Date.now() + 301_000;
    await waitFor(() => call.signal.aborted, { what: 'the end of the token' });
    expect(call.signal.reason).toMatchObject({ meta: { reason: 'token_expired' } });

    caller = await callerOf(guard, link);
    const other = await running();
    link.answers.leaseMs = 300;
    const told = link.reports.length;
    // A guard reports again only when it has its answer: with the second report from here it has the shorter lease.
    await waitFor(() => link.reports.length > told + 1, { what: 'the shorter lease' });
    link.answers.isMute = true;
    await waitFor(() => other.signal.aborted, { what: 'the end of the lease' });
    expect(other.signal.reason).toMatchObject({ meta: { reason: 'posture_stale' } });
  });

  it('is aborted when the window of its grant ends, by control time', async () => {
    const revision = link.commit({
      kind: 'grant',
      id: 'support-refund',
      value: {
        role: 'support',
        environment: 'prod',
        tool: { id: 'support-desk/refund' },
        task: 'execute',
        constraints: [],
        notBefore: null,
        notAfter: Date.now() + 60_000,
        staleSeconds: 0,
      },
    });
    await waitFor(() => guard.revision === revision, { what: 'the window' });
    const call = await running();
    link.answers.now = () => Date.now() + 61_000;
    await waitFor(() => call.signal.aborted, { what: 'the end of the window' });
    expect(call.signal.reason).toMatchObject({ meta: { outcome: 'aborted', reason: 'grant_window' } });
  });

  it('does not start when a stop came between its decision and its start', async () => {
    const call = allowed(guard.decide(caller, 'refund', { amount: 20 }));
    const revision = link.commit(agentStop('e1', 'cs-prod'));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    expect(await call.start()).toMatchObject({ meta: { outcome: 'aborted', reason: 'kill_switch', revision } });
    expect(await until(call, 'outcome')).toMatchObject([{ result: 'aborted' }]);
  });

  it('is counted in reports until it ends', async () => {
    const call = await running();
    await waitFor(() => link.reports.at(-1)?.inFlight === 1, { what: 'one in flight' });
    call.release('error');
    await waitFor(() => link.reports.at(-1)?.inFlight === 0, { what: 'none in flight' });
    expect(await until(call, 'outcome')).toMatchObject([{ result: 'error' }]);
  });

  it('is aborted when the guard is closed', async () => {
    const call = await running();
    await guard.close();
    expect(call.signal.reason).toMatchObject({ meta: { outcome: 'aborted', reason: 'posture_severed' } });
    expect(eventsOf(call).at(-1)).toMatchObject({ type: 'outcome', result: 'aborted' });
  });
});

describe('an intent', () => {
  it('is on disk before a call that may change something starts, and is not needed to read', async () => {
    const call = await running('refund');
    expect(spooled()).toContain(`"decision":"${call.decisionId}"`);
    expect(await until(call, 'intent')).toHaveLength(1);
    const read = await running('list_tickets');
    read.release('ok');
    await until(read, 'outcome');
    expect(eventsOf(read).map((event) => event.type)).toEqual(['decision', 'outcome']);
  });
});

describe('a denial', () => {
  it('P-G6 hides what is not granted and what does not exist alike, and nothing else', async () => {
    const hidden = ['purge', 'nothing'].map((tool) => guard.decide(caller, tool, {}));
    expect(hidden).toMatchObject([{ hidden: true }, { hidden: true }]);
    const limit = guard.decide(caller, 'refund', { amount: 101 });
    expect(limit).toMatchObject({ hidden: false, meta: { outcome: 'deny', reason: 'constraint', revision: 1 } });
    expect(reasonOf(limit)).toBe('constraint');
  });

  it('P-G4 by a constraint hides no tool; not granted and not existing are not listed', () => {
    expect(['refund', 'list_tickets', 'purge', 'nothing'].map((tool) => guard.lists(caller, tool))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('leaves a listener that throws to the log, and tells the others', async () => {
    let told = 0;
    guard.onChange(() => {
      throw new Error('broken listener');
    });
    const stop = guard.onChange(() => (told += 1));
    link.commit(agentStop('e1', 'cs-prod'));
    await waitFor(() => told > 0, { what: 'the second listener' });
    stop();
    const before = told;
    const revision = link.commit(agentStop('e2', 'research'));
    await waitFor(() => guard.revision === revision, { what: 'the next swap' });
    expect(told).toBe(before);
    await untilPosture(guard, 'fresh');
  });
});
