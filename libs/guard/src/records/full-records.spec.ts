import { createHash } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullRecordLimits, type FullRecord, type GuardEvent, type RecordSide } from '@portcullis/contracts';
import { agentStop, deskObjects, scriptedLink, waitFor, type ScriptedLink, type Written } from '@portcullis/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { newStateFolder } from '../new-state-folder.fixture.js';
import { allowed, callerOf, reasonOf, started } from '../started.fixture.js';
import { StateFolder } from '../state-folder.js';
import type { Guard, GuardedCall, VerifiedCaller } from '../types.js';
import { FullRecords } from './full-records.js';

let link: ScriptedLink;
let guard: Guard;
let state: string;
let caller: VerifiedCaller;

afterEach(async () => {
  await guard.close();
  await link.close();
});

const full = { kind: 'audit', level: 'full' };
const noLevel = { kind: 'fields', drop: ['tickets.*.level'] };
const canary = 'CANARY-7c1f';

function listing(obligations: readonly unknown[]): Written {
  const grant = deskObjects().find(({ id }) => id === 'support-list');
  return { kind: 'grant', id: 'support-list', value: { ...(grant?.value as object), obligations } };
}

async function open(...obligations: readonly unknown[]): Promise<void> {
  link = await scriptedLink({
    objects: [...deskObjects().filter(({ id }) => id !== 'support-list'), listing(obligations)],
  });
  ({ guard, state } = await started(link));
  caller = await callerOf(guard, link);
}

async function running(args: unknown = { page: 1 }): Promise<GuardedCall> {
  const call = allowed(guard.decide(caller, 'list_tickets', args));
  expect(await call.start()).toBeUndefined();
  return call;
}

const answer = { content: [], structuredContent: { tickets: [{ id: 'T-1', level: canary }] } };
const left = { content: [], structuredContent: { tickets: [{ id: 'T-1' }] } };
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
const textOf = ({ text }: FullRecord): string | null => text && Buffer.from(text, 'base64').toString();
const onDisk = () => readdirSync(join(state, 'records'));

function ended(call: GuardedCall, given: unknown = answer): void {
  call.fulfil(given);
  expect(call.release('ok')).toBeUndefined();
}

function recordOf({ decisionId }: GuardedCall, side: RecordSide): Promise<FullRecord> {
  return waitFor(() => link.intake.records.get(`${decisionId} ${side}`), {
    what: `the ${side} of the call`,
    withinMs: 10_000,
  });
}

function outcomeOf({ decisionId }: GuardedCall): Promise<GuardEvent> {
  const find = () => link.events.find((event) => event.type === 'outcome' && event.decision === decisionId);
  return waitFor(find, { what: 'the outcome reported' });
}

describe('a call whose grant wants everything recorded', () => {
  it('has its arguments on disk before it runs, and is recorded as asked and as it left, by the hashes of its events', async () => {
    await open(full, noLevel);
    link.answers.keepsRecords = false;
    const call = await running({ query: 'ümläut "quoted"' });
    expect(onDisk()).toEqual([`${call.decisionId}.arguments.json`]);
    ended(call);
    expect(onDisk()).toHaveLength(2);
    link.answers.keepsRecords = true;

    const [asked, result] = [await recordOf(call, 'arguments'), await recordOf(call, 'result')];

    expect(textOf(asked)).toBe(JSON.stringify({ query: 'ümläut "quoted"' }));
    expect(JSON.parse(textOf(result) ?? '')).toEqual(left);
    expect(asked.hash).toBe(digest({ query: 'ümläut "quoted"' }));
    expect(await outcomeOf(call)).toMatchObject({ resultHash: result.hash, audit: 'full' });
    expect(link.events.find(({ id }) => id === call.decisionId)).toMatchObject({ argumentsHash: asked.hash });
    await waitFor(() => onDisk().length === 0, { what: 'what is kept elsewhere removed here' });
    const told = link.reports.map((report) => JSON.stringify(report)).join();
    expect(told).not.toContain(canary);
    expect(told).not.toContain(Buffer.from(JSON.stringify(answer)).toString('base64').slice(0, 40));
  });

  it('does not run when its arguments are too large to be kept, and its decision says why', async () => {
    await open(full);
    const most = 'x'.repeat(fullRecordLimits.side - JSON.stringify({ text: '' }).length);

    const denied = guard.decide(caller, 'list_tickets', { text: `${most}x` });
    const call = await running({ text: most });

    expect(reasonOf(denied)).toBe('record_unavailable');
    expect((await recordOf(call, 'arguments')).bytes).toBe(fullRecordLimits.side);
    const decision = link.events.find((event) => event.type === 'decision' && event.outcome === 'deny');
    expect(decision).toMatchObject({ detail: expect.stringContaining(`${fullRecordLimits.side + 1} bytes`) as string });
    expect([...link.intake.records.keys()]).toEqual([`${call.decisionId} arguments`]);
    ended(call);
  });

  it('may have a result that is too large: it leaves, and its hash and size are kept', async () => {
    await open(full);
    const call = await running();
    const large = { content: [{ type: 'text', text: 'y'.repeat(fullRecordLimits.side) }] };
    expect(call.fulfil(large)).toEqual(large);
    expect(call.release('ok')).toBeUndefined();

    expect(await recordOf(call, 'result')).toMatchObject({
      ...{ bytes: JSON.stringify(large).length, hash: digest(large), text: null },
    });
  });

  it('that loses its right, or of whose result nothing may leave, has no result recorded', async () => {
    await open(full, noLevel);
    const withheld = await running();
    withheld.fulfil(answer);
    withheld.withhold('it cannot be filtered');
    expect(withheld.release('error')).toBeUndefined();
    const stopped = await running();
    stopped.fulfil(answer);
    const revision = link.commit(agentStop('e1', 'cs-prod'));
    await waitFor(() => guard.revision === revision, { what: 'the stop' });
    expect(stopped.release('ok')).toMatchObject({ meta: { outcome: 'aborted' } });

    await recordOf(stopped, 'arguments');
    await waitFor(() => onDisk().length === 0, { what: 'all of it told' });
    expect([...link.intake.records.values()].map(({ side }) => side)).toEqual(['arguments', 'arguments']);
    expect(await outcomeOf(withheld)).toMatchObject({ withheld: 'it cannot be filtered' });
    expect(await outcomeOf(withheld)).not.toHaveProperty('resultHash');
  });

  it('is told again until it is kept, also by the next boot', async () => {
    await open(full);
    link.answers.keepsRecords = false;
    const call = await running();
    ended(call);
    await waitFor(() => link.reports.some(({ records = [] }) => records.length > 0), { what: 'the record told' });
    await guard.close();
    expect(onDisk()).toHaveLength(2);
    link.answers.keepsRecords = true;

    ({ guard } = await started(link, { state }));

    expect(textOf(await recordOf(call, 'arguments'))).toBe('{"page":1}');
    expect(JSON.parse(textOf(await recordOf(call, 'result')) ?? '')).toEqual(answer);
  });

  it('is not told to another control plane that the guard is moved to', async () => {
    await open(full);
    link.answers.keepsRecords = false;
    ended(await running());
    await guard.close();
    const other = await scriptedLink();
    await link.close();
    link = other;

    ({ guard } = await started(link, { state, joinToken: link.newJoinToken() }));

    expect(onDisk()).toEqual([]);
    await waitFor(() => link.reports.length > 2, { what: 'some reports' });
    expect(link.reports.flatMap(({ records = [] }) => records)).toEqual([]);
  });

  it('does not run when the disk does not take its arguments', async () => {
    await open(full);
    rmSync(join(state, 'records'), { recursive: true });
    writeFileSync(join(state, 'records'), 'no folder');
    const call = allowed(guard.decide(caller, 'list_tickets', {}));

    expect(await call.start()).toMatchObject({ meta: { outcome: 'deny', reason: 'record_unavailable' } });
    rmSync(join(state, 'records'));
  });

  it('is recorded from the moment its grant asks for that, while it runs', async () => {
    await open();
    const call = await running({ page: 7 });
    const revision = link.commit(listing([full]));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    ended(call);

    expect(textOf(await recordOf(call, 'arguments'))).toBe('{"page":7}');
    expect(JSON.parse(textOf(await recordOf(call, 'result')) ?? '')).toEqual(answer);
    expect(await outcomeOf(call)).toMatchObject({ audit: 'full' });
  });
});

describe('the room for full records', () => {
  it('is bounded: a call that would not fit does not begin until another has ended or was taken', async () => {
    await open();
    const records = new FullRecords(StateFolder.open(newStateFolder()), 1_500_000);
    const [first, second] = [records.begin('d1', {}), records.begin('d2', {})];
    const why = expect.stringContaining('no room') as string;
    expect([first, second, records.begin('d3', {})]).toMatchObject([{}, {}, { why }]);
    if ('why' in first || 'why' in second) throw new Error('there was room');
    await first.durable();
    first.end();
    first.end();

    const third = records.begin('d4', {});

    expect(third).not.toHaveProperty('why');
    expect(records.begin('d5', {})).toMatchObject({ why });
    expect(records.next().map(({ decision, side }) => [decision, side])).toEqual([['d1', 'arguments']]);
    records.taken(records.next());
    expect([records.waiting, records.next()]).toEqual([0, []]);
  });

  it('is told in reports of a bounded size, the oldest first', async () => {
    await open();
    const records = new FullRecords(StateFolder.open(newStateFolder()));
    for (const decision of ['d1', 'd2', 'd3']) {
      const record = records.begin(decision, 'z'.repeat(100_000));
      if (!('why' in record)) await record.durable();
    }
    const told = records.next();
    expect(told.map(({ decision }) => decision)).toEqual(['d1', 'd2']);
    records.taken(told);
    expect(records.next().map(({ decision }) => decision)).toEqual(['d3']);
  });
});
