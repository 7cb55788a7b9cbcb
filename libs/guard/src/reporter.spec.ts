import { definitionHash } from '@portcullis/contracts/signed';
import { verifyBatch } from '@portcullis/ledger';
import { scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowed, callerOf, started, untilPosture, type Started } from './started.fixture.js';
import type { VerifiedCaller } from './types.js';

let link: ScriptedLink;
let begun: Started;
let caller: VerifiedCaller;

beforeEach(async () => {
  link = await scriptedLink();
  begun = await started(link);
  caller = await callerOf(begun.guard, link);
});
afterEach(async () => {
  await begun.guard.close();
  await link.close();
});

function decided(): string {
  const call = allowed(begun.guard.decide(caller, 'list_tickets', {}));
  call.release('ok');
  return call.decisionId;
}

function arrived(id: string, withinMs = 5000): Promise<unknown> {
  return waitFor(() => link.events.find((event) => event.id === id), { what: 'the decision', withinMs });
}

describe('P-E9 reports', () => {
  it('carry every event once, in batches without gaps, chained', async () => {
    const ids = Array.from({ length: 1200 }, decided);
    await Promise.all(ids.map((id) => arrived(id)));
    const batches = new Map(link.reports.flatMap(({ batch }) => (batch ? [[batch.number, batch]] : [])));
    const inOrder = [...batches.values()].sort((left, right) => left.number - right.number);
    expect(inOrder.map(({ number }) => number)).toEqual(inOrder.map((_batch, index) => index + 1));
    expect(inOrder.every(verifyBatch)).toBe(true);
    for (const [index, { previous }] of inOrder.slice(1).entries()) expect(previous).toBe(inOrder[index]?.hash);
    expect(link.events.flatMap((event) => (event.type === 'decision' ? [event.id] : []))).toEqual(ids);
  });

  it('send the same bytes again when the answer was lost', async () => {
    // What was recorded at the start is confirmed by then, or its batch would be the one that is sent again.
    await arrived(decided());
    await waitFor(() => link.reports.at(-1)?.batch === null, { what: 'an empty report' });
    link.answers.isMute = true;
    const id = decided();
    await arrived(id, 15_000);
    const first = link.reports.findLast(({ batch }) => batch?.events.some((text) => text.includes(id)));
    link.answers.isMute = false;
    await waitFor(() => link.reports.at(-1)?.nonce !== first?.nonce, { what: 'the next report', withinMs: 15_000 });
    expect(link.reports.at(-1)?.batch).toEqual(first?.batch);
    expect(link.events.filter((event) => event.id === id)).toHaveLength(1);
  });

  it('go on renewing without batches when the control plane lost what it had confirmed, and say so', async () => {
    await arrived(decided());
    await waitFor(() => link.reports.at(-1)?.batch === null, { what: 'an empty report' });
    link.intake.forget(link.reports[0]?.boot ?? '', 0);
    decided();
    await waitFor(() => begun.log.some(({ what }) => what === 'batches_lost'), { what: 'the loss in the log' });
    const reports = link.reports.length;
    await waitFor(() => link.reports.length > reports + 1, { what: 'further reports' });
    expect(link.reports.at(-1)?.batch).toBeNull();
    await untilPosture(begun.guard, 'fresh');
  });

  it('go out at once after a swap, and say what is held', async () => {
    link.answers.reportEveryMs = 60_000;
    const before = link.reports.length;
    await waitFor(() => link.reports.length > before, { what: 'the longer interval' });
    const revision = link.commit({ kind: 'agent', id: 'cs-prod', value: { name: 'Renamed' } });
    await waitFor(() => link.reports.at(-1)?.holds?.revision === revision, { what: 'the report', withinMs: 1000 });
    expect(link.reports.at(-1)?.holds).toEqual({
      generation: link.slice.generation.id,
      revision,
      digest: link.slice.digest(),
    });
  });

  it('tell which tools the server announces, in as many parts as it takes; of what fits into none there is the hash', async () => {
    const tool = (name: string, filler: number) => ({
      name,
      description: 'x',
      inputSchema: { filler: 'f'.repeat(filler) },
    });
    begun.guard.announce([tool('refund', 10)]);
    begun.guard.announce([tool('refund', 70_000), tool('list_tickets', 40_000), tool('purge', 40_000)]);
    const found = await waitFor(
      () => {
        const catalogues = link.events.flatMap((event) => (event.type === 'catalogue' ? [event] : []));
        return catalogues.length === 3 && catalogues;
      },
      { what: 'both catalogues, the second in two parts' },
    );
    expect(found.map(({ tools }) => tools.map(({ name, inputSchema }) => [name, inputSchema]))).toEqual([
      [['refund', { filler: 'f'.repeat(10) }]],
      [
        ['refund', null],
        ['list_tickets', { filler: 'f'.repeat(40_000) }],
      ],
      [['purge', { filler: 'f'.repeat(40_000) }]],
    ]);
    expect(found.map(({ part }) => part?.isLast)).toEqual([true, false, true]);
    expect(new Set(found.map(({ part }) => part?.of)).size).toBe(2);
    expect(found.flatMap(({ tools }) => tools.map(({ hash, isCut }) => [hash, isCut ?? false]))).toEqual([
      [definitionHash(tool('refund', 10)), false],
      [definitionHash(tool('refund', 70_000)), true],
      [definitionHash(tool('list_tickets', 40_000)), false],
      [definitionHash(tool('purge', 40_000)), false],
    ]);
  });

  it('are finished when the guard is closed', async () => {
    link.answers.reportEveryMs = 60_000;
    const id = decided();
    await begun.guard.close();
    expect(link.events.map((event) => event.id)).toContain(id);
  });
});
