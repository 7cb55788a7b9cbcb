import { appendFileSync, closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { firstPrevious, verifyBatch } from '@portcullis/ledger';
import { TestClock } from '@portcullis/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Batches } from './batches.js';
import { Spool, type SpoolBounds } from './spool.js';
import { newStateFolder } from './new-state-folder.fixture.js';
import { StateFolder } from './state-folder.js';

let folder: StateFolder;
let clock: TestClock;

beforeEach(() => {
  folder = StateFolder.open(newStateFolder());
  clock = new TestClock();
});

const event = (id: number | string) => JSON.stringify({ type: 'intent', id: `e${id}`, at: 0, decision: 'd' });

function open(boot: string, bounds?: SpoolBounds) {
  return Spool.open({ folder, boot, clock, ...(bounds && { bounds }) });
}

function descriptorOf(path: string): number {
  const descriptors = readdirSync('/proc/self/fd').filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === path;
    } catch {
      return false;
    }
  });
  return Number(descriptors[0]);
}

function spooled(boot: string): string {
  return readFileSync(join(folder.path, 'spool', `${boot}.jsonl`), 'utf8');
}

describe('a spool', () => {
  it('has an event on disk when `durable` resolves, and any other 50 ms later', async () => {
    const [spool] = await open('b1');
    spool.append(event(1));
    expect(spooled('b1')).toBe('');
    await spool.durable();
    expect(spooled('b1')).toBe(`${event(1)}\n`);
    spool.append(event(2));
    clock.advance(50);
    expect(spooled('b1')).toBe(`${event(1)}\n${event(2)}\n`);
    await spool.close();
  });

  it('lets those who wait together share one force, and loses none of them', async () => {
    const [spool] = await open('b1');
    const waits = Array.from({ length: 20 }, (_none, index) => {
      spool.append(event(index));
      return spool.durable();
    });
    await Promise.all(waits);
    expect(spooled('b1').trim().split('\n')).toHaveLength(20);
    await spool.close();
  });

  it('P-E9 survives a kill: what was unsent comes again in the next boot, and the last durable batch is named', async () => {
    const [killed] = await open('b1');
    killed.append(event(1));
    expect(killed.nextBatch()?.number).toBe(1);
    killed.acknowledge(1);
    killed.append(event(2));
    await killed.durable();
    killed.append(event(3));
    clock.advance(50);
    appendFileSync(join(folder.path, 'spool', 'b1.jsonl'), '{"type":"inte');

    const [spool, leftovers] = await open('b2');
    expect(leftovers).toEqual([{ boot: 'b1', durable: 1, events: [event(2), event(3)] }]);
    expect(spool.nextBatch()).toMatchObject({ number: 1, previous: firstPrevious, events: [event(2), event(3)] });
    expect(spooled('b2')).toBe(`${event(2)}\n${event(3)}\n`);
    expect(readdirSync(join(folder.path, 'spool'))).toEqual(['b2.jsonl']);
    await spool.close();
  });

  it('refuses intents when it is full and everything when it is closed, and opens again as batches are confirmed', async () => {
    const bytes = event(1).length;
    const [spool] = await open('b1', { full: bytes * 2, closed: bytes * 3 });
    expect([spool.append(event(1)), spool.isOpenForIntents]).toEqual([true, true]);
    expect([spool.append(event(2)), spool.isOpenForIntents, spool.isOpen]).toEqual([true, false, true]);
    expect([spool.append(event(3)), spool.isOpen]).toEqual([true, false]);
    expect(spool.append(event(4))).toBe(false);
    spool.acknowledge(spool.nextBatch()?.number ?? 0);
    expect([spool.isOpenForIntents, spool.isOpen, spool.unconfirmed]).toEqual([true, true, 0]);
    await spool.close();
  });

  it('rejects an intent when the disk fails, and is closed for intents until a write works', async (context) => {
    if (!existsSync('/proc/self/fd')) context.skip('only Linux tells which descriptor a file has');
    const [spool] = await open('b1');
    const path = join(folder.path, 'spool', 'b1.jsonl');
    const descriptor = descriptorOf(path);
    closeSync(descriptor);
    spool.append(event(1));
    await expect(spool.durable()).rejects.toThrow('EBADF');
    expect([spool.isOpenForIntents, spool.isOpen]).toEqual([false, true]);
    expect(openSync(path, 'w')).toBe(descriptor);
    clock.advance(50);
    expect([spool.isOpenForIntents, spooled('b1')]).toEqual([true, `${event(1)}\n`]);
    await spool.close();
  });

  it('forgets what is confirmed before a failing disk took it', async (context) => {
    if (!existsSync('/proc/self/fd')) context.skip('only Linux tells which descriptor a file has');
    const [spool] = await open('b1');
    const path = join(folder.path, 'spool', 'b1.jsonl');
    const descriptor = descriptorOf(path);
    closeSync(descriptor);
    spool.append(event(1));
    await expect(spool.durable()).rejects.toThrow('EBADF');
    const number = spool.nextBatch()?.number ?? 0;
    expect(openSync(path, 'w')).toBe(descriptor);
    spool.acknowledge(number);
    clock.advance(50);
    expect([spool.isOpenForIntents, spooled('b1')]).toEqual([true, `{"acknowledged":1,"events":0}\n`]);
    await spool.close();
  });

  it('goes on with the batch the control plane expects, if it still has that one', async () => {
    const [spool] = await open('b1');
    spool.append(event(1));
    spool.nextBatch();
    expect(spool.rewind(3)).toBe(false);
    expect(spool.rewind(2)).toBe(true);
    expect(spool.unconfirmed).toBe(0);
    spool.append(event(2));
    expect(spool.nextBatch()?.number).toBe(2);
    expect(spool.rewind(1)).toBe(false);
    await spool.close();
  });

  it('takes nothing more once it is closed', async () => {
    const [spool] = await open('b1');
    await spool.close();
    expect(spool.append(event(1))).toBe(false);
  });
});

describe('P-E9 batches', () => {
  const acts = fc.array(
    fc.oneof(
      fc.nat(700).map((count) => ({ count })),
      fc.constant('send' as const),
      fc.constant('confirm' as const),
    ),
    {
      maxLength: 30,
    },
  );

  it('are numbered without gaps, chained, at most 500 events, and hold every event once and in order', () => {
    fc.assert(
      fc.property(acts, (script) => {
        const batches = new Batches();
        const sent = new Map<number, string>();
        const received: string[] = [];
        let added = 0;
        let previous = firstPrevious;
        const step = (isConfirmed: boolean) => {
          const batch = batches.next();
          if (!batch) return;
          expect(sent.get(batch.number) ?? JSON.stringify(batch)).toBe(JSON.stringify(batch));
          sent.set(batch.number, JSON.stringify(batch));
          if (!isConfirmed) return;
          expect(batch).toMatchObject({ number: batches.acknowledged + 1, previous });
          expect(verifyBatch(batch)).toBe(true);
          expect(batch.events.length).toBeLessThanOrEqual(500);
          received.push(...batch.events);
          previous = batch.hash;
          batches.acknowledge(batch.number);
        };
        for (const act of script) {
          if (typeof act === 'string') step(act === 'confirm');
          else for (let index = 0; index < act.count; index += 1) batches.add(event((added += 1)));
        }
        while (batches.unconfirmed > 0) step(true);
        expect(received).toEqual(Array.from({ length: added }, (_none, index) => event(index + 1)));
      }),
      { numRuns: 50 },
    );
  });
});
