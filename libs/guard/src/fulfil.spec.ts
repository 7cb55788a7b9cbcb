import { createHash } from 'node:crypto';
import type { GuardEvent, Obligation } from '@portcullis/contracts';
import { deskObjects, scriptedLink, waitFor, type ScriptedLink, type Written } from '@portcullis/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { allowed, callerOf, reasonOf, started } from './started.fixture.js';
import type { Guard, GuardedCall, VerifiedCaller } from './types.js';

let link: ScriptedLink;
let guard: Guard;
let caller: VerifiedCaller;

afterEach(async () => {
  await guard.close();
  await link.close();
});

const grants = deskObjects().filter(({ id }) => id === 'support-list');
/** The grant by which support lists tickets, with obligations. */
function listing(obligations: readonly unknown[]): Written {
  const [grant] = grants;
  return { kind: 'grant', id: 'support-list', value: { ...(grant?.value as object), obligations } };
}

async function open(...obligations: readonly unknown[]): Promise<void> {
  link = await scriptedLink({
    objects: [...deskObjects().filter(({ id }) => id !== 'support-list'), listing(obligations)],
  });
  ({ guard } = await started(link));
  caller = await callerOf(guard, link);
}

async function running(): Promise<GuardedCall> {
  const call = allowed(guard.decide(caller, 'list_tickets', {}));
  expect(await call.start()).toBeUndefined();
  return call;
}

function outcomeOf({ decisionId }: GuardedCall): Promise<GuardEvent> {
  const find = () => link.events.find((event) => event.type === 'outcome' && event.decision === decisionId);
  return waitFor(find, { what: 'the outcome reported' });
}

function decisionOf({ decisionId }: Pick<GuardedCall, 'decisionId'>): Promise<GuardEvent> {
  return waitFor(() => link.events.find(({ id }) => id === decisionId), { what: 'the decision reported' });
}

const tickets = {
  tickets: [
    { id: 'T-1', level: 'public' },
    { id: 'T-2', level: 'secret' },
  ],
};
const answer = { structuredContent: tickets, content: [{ type: 'text', text: JSON.stringify(tickets) }] };
const publicOnly: Obligation = {
  kind: 'items',
  path: 'tickets',
  where: [{ kind: 'equal', path: 'level', value: 'public' }],
};
const noLevel: Obligation = { kind: 'fields', drop: ['tickets.*.level'] };
const left = { tickets: [{ id: 'T-1' }] };
const leftAnswer = { structuredContent: left, content: [{ type: 'text', text: JSON.stringify(left) }] };
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

describe('an allowed call whose grant asks something of its answer', () => {
  it('gives what may leave of it, and the outcome says what that was', async () => {
    await open(publicOnly, noLevel, { kind: 'label', secrecy: 'internal' });
    const call = await running();

    expect([call.mustFulfil, call.isFiltered]).toEqual([true, true]);
    const released = call.fulfil(answer);

    expect(released).toEqual({ ...leftAnswer, _meta: { 'portcullis.dev/labels': { secrecy: 'internal' } } });
    expect(call.release('ok')).toBeUndefined();
    const outcome = await outcomeOf(call);
    expect(outcome).toMatchObject({ result: 'ok', labels: { secrecy: 'internal' }, resultHash: digest(released) });
    expect(outcome).not.toHaveProperty('withheld');
  });

  it('gives nothing when it cannot be filtered, and the outcome says that it ran and why nothing left', async () => {
    await open(publicOnly);
    const call = await running();

    expect(call.fulfil({ structuredContent: { rows: tickets.tickets }, content: [] })).toBeUndefined();
    expect(call.release('ok')).toBeUndefined();
    const outcome = await outcomeOf(call);
    expect(outcome).toMatchObject({ result: 'ok', withheld: 'the result was withheld: tickets is no list' });
    expect(outcome).not.toHaveProperty('resultHash');
  });

  it('is refused its release by a guard that was not asked what may leave', async () => {
    await open(publicOnly);
    const call = await running();

    expect(reasonOf(call.release('ok') as never)).toBe('guard_outdated');
    expect(await outcomeOf(call)).toMatchObject({ withheld: 'the result did not leave: nobody asked what of it may' });
  });

  it('compares items with what the token proves of its caller', async () => {
    const own: Obligation = {
      kind: 'items',
      path: 'tickets',
      where: [{ kind: 'equal-claim', path: 'agent', claim: 'agent' }],
    };
    await open(own);
    const call = await running();
    const rows = [{ agent: 'cs-prod', n: 1 }, { agent: 'research', n: 2 }, { n: 3 }];

    expect(call.fulfil({ structuredContent: { tickets: rows }, content: [] })).toMatchObject({
      structuredContent: { tickets: [{ agent: 'cs-prod', n: 1 }] },
    });
    call.release('ok');
  });

  it('keeps to what its grant came to ask while it ran, and to what it asked before', async () => {
    await open(publicOnly);
    const call = await running();
    const revision = link.commit(listing([noLevel]));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });

    expect(call.fulfil(answer)).toEqual(leftAnswer);
    expect(call.release('ok')).toBeUndefined();
  });

  it('that asked nothing when it began keeps to what its grant asks by the end', async () => {
    await open();
    const call = await running();
    expect(call.mustFulfil).toBe(false);
    const revision = link.commit(listing([publicOnly, noLevel]));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });

    expect(call.mustFulfil).toBe(true);
    expect(call.fulfil(answer)).toEqual(leftAnswer);
    expect(call.release('ok')).toBeUndefined();
  });
});

describe('a grant whose obligations', () => {
  it.each([
    ['are of a kind nobody knows', [{ kind: 'perfume', scent: 'rose' }]],
    ['have an expression that is none', [{ kind: 'redact', patterns: ['('] }]],
    [
      'compare items with an expression that is none',
      [{ ...publicOnly, where: [{ kind: 'pattern', path: 'a', pattern: '(' }] }],
    ],
  ])('%s gives nothing', async (_what, obligations) => {
    await open(...obligations);

    const denied = guard.decide(caller, 'list_tickets', {});

    expect(reasonOf(denied)).toBe('guard_outdated');
  });

  it('take something out of results is known before a call, and only that', async () => {
    await open({ kind: 'size', maxBytes: 100 }, { kind: 'label', trust: 'untrusted' });
    expect(guard.filters(caller, 'list_tickets')).toBe(false);
    const revision = link.commit(listing([{ kind: 'redact', what: ['email'] }]));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });

    expect(guard.filters(caller, 'list_tickets')).toBe(true);
    expect(guard.filters(caller, 'refund')).toBe(false);
    expect(guard.filters(caller, 'nothing')).toBe(false);
  });
});

describe('the audit level of a grant', () => {
  it('stands on the decision, the most of several, and nowhere without one', async () => {
    await open({ kind: 'audit', level: 'digest' }, { kind: 'audit', level: 'full' });
    const call = await running();
    call.fulfil(answer);
    call.release('ok');
    const other = allowed(guard.decide(caller, 'refund', { amount: 1 }));

    expect(await decisionOf(call)).toMatchObject({ audit: 'full' });
    expect(await decisionOf(other)).not.toHaveProperty('audit');
  });

  it('"digest" has nothing told of the arguments in words, which a limit they break would quote', async () => {
    const refund = deskObjects().find(({ id }) => id === 'support-refund');
    const obligations = [{ kind: 'audit', level: 'digest' }];
    await open();
    const denied = guard.decide(caller, 'refund', { amount: 4711 });
    const revision = link.commit({
      ...{ kind: 'grant', id: 'support-refund', value: { ...(refund?.value as object), obligations } },
    });
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    const quiet = guard.decide(caller, 'refund', { amount: 4711 });

    expect([reasonOf(denied), reasonOf(quiet)]).toEqual(['constraint', 'constraint']);
    const detailOf = (answer: typeof denied) =>
      decisionOf({ decisionId: 'meta' in answer ? answer.meta.decision : '' });
    expect(await detailOf(denied)).toMatchObject({ detail: expect.stringContaining('4711') as string });
    expect(JSON.stringify(await detailOf(quiet))).not.toContain('4711');
    expect(link.reports.flatMap(({ recordings = [] }) => recordings).map(({ decision }) => decision)).not.toContain(
      'meta' in quiet ? quiet.meta.decision : '',
    );
  });

  it('"full" has the intent of a reading call on disk before it runs', async () => {
    await open({ kind: 'audit', level: 'full' });
    const call = await running();

    const find = () => link.events.find((event) => event.type === 'intent' && event.decision === call.decisionId);
    expect(await waitFor(find, { what: 'the intent reported' })).toBeDefined();
  });
});
