import { waitFor } from '@portcullis/testkit';
import { afterAll, beforeAll, expect } from 'vitest';
import { badInput } from '../bad-input.js';
import { promise } from '../promise.js';
import { badEnrolments, badRequests } from '../stack/bad-requests.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { memoryOf } from '../stack/memory.js';
import { refundsDone } from '../stack/refunds.js';

/** What a refusal may cost a process that hears it. */
const mostBytes = 64 * 1024 * 1024;

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
  // The first announcement of each tool is accepted a moment after the start, and that is a revision.
  await waitFor(async () => (await pins()).every((pin) => pin === 'accepted'), {
    what: 'the pins of the demo’s tools',
  });
});

async function pins(): Promise<readonly string[]> {
  const { tools } = await world.admin.get<{ tools: readonly { pin: string }[] }>('{ tools { pin } }');
  return tools.map(({ pin }) => pin);
}

afterAll(() => world.close());

async function everything(): Promise<unknown> {
  const seen = await world.admin.get(
    '{ overview { revision agents servers } agents { id name } grants { id } killSwitches { id } servers { id guards { guard } } }',
  );
  return { seen, refunds: await refundsDone(world.installation) };
}

for (const [name, { status, code, remedy }] of Object.entries(badInput.request)) {
  promise('R-INPUT-1', name, async () => {
    const ask = await badRequests[name as keyof typeof badRequests](world);
    const before = await everything();
    const memory = await memoryOf(world.installation);
    const answer = await ask();
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.text).toMatch(remedy);
    expect(await everything()).toEqual(before);
    for (const [process, bytes] of Object.entries(await memoryOf(world.installation)))
      expect(bytes - (memory[process] ?? 0), process).toBeLessThan(mostBytes);
  });
}

for (const [name, { status, code, remedy }] of Object.entries(badInput.enrol)) {
  promise('R-ENROL-1', name, async () => {
    const enrol = await badEnrolments[name as keyof typeof badEnrolments](world);
    const before = await everything();
    const answer = await enrol();
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.text).toMatch(remedy);
    expect(await everything()).toEqual(before);
  });
}
