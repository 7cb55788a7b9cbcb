import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { decodeProtectedHeader } from 'jose';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { connectAgent } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

interface SigningKey {
  readonly kid: string;
  readonly state: string;
  readonly guardsBehind: number;
}

async function signingKeys(): Promise<readonly SigningKey[]> {
  const { tokenSettings } = await world.admin.get<{ tokenSettings: { signingKeys: SigningKey[] } }>(
    '{ tokenSettings { signingKeys { kid state guardsBehind } } }',
  );
  return tokenSettings.signingKeys;
}

async function signingKid(): Promise<string> {
  return (await signingKeys()).find(({ state }) => state === 'signing')?.kid ?? '';
}

async function guardsBehind(kid: string): Promise<number | undefined> {
  return (await signingKeys()).find((key) => key.kid === kid)?.guardsBehind;
}

interface Agent {
  readonly stop: () => Promise<readonly string[]>;
}

/** An agent that asks for a token, connects and calls three times, over and over. */
function restlessAgent(): Agent {
  const outcomes: string[] = [];
  let isWorking = true;
  const work = async (): Promise<void> => {
    while (isWorking) {
      const client = await connectAgent(world.resource, await world.token('cs-prod', 'role:support'));
      for (const _ of [1, 2, 3]) outcomes.push(await outcomeOf(client));
      await client.close();
    }
  };
  const done = work().catch((error: unknown) => void outcomes.push(String(error)));
  return {
    stop: async () => {
      isWorking = false;
      await done;
      return outcomes;
    },
  };
}

promise(
  ['R-KEY-1', 'R-KEY-2'],
  'the key that signs tokens is rotated under a calling agent, and the old one is withdrawn with its tokens',
  async () => {
    const old = await signingKid();
    const oldToken = await world.token('cs-prod', 'role:support');
    const inHand = await connectAgent(world.resource, oldToken);
    const agent = restlessAgent();
    const { rotateSigningKey } = await world.admin.get<{ rotateSigningKey: { revision: number } }>(
      'mutation { rotateSigningKey { revision } }',
    );
    expect(rotateSigningKey.revision).toBeGreaterThan(0);
    await waitFor(async () => (await signingKid()) !== old, { what: 'the new key signing', withinMs: 15_000 });
    const kid = await signingKid();
    const fresh = await world.token('cs-prod', 'role:support');
    expect(decodeProtectedHeader(fresh).kid).toBe(kid);
    expect(decodeProtectedHeader(oldToken).kid).toBe(old);
    expect(await outcomeOf(inHand), 'a token of the old key lives on').toBe('allowed');
    const outcomes = await agent.stop();
    expect(outcomes.length).toBeGreaterThan(5);
    expect(new Set(outcomes)).toEqual(new Set(['allowed']));

    const client = await connectAgent(world.resource, fresh);
    await world.admin.get('mutation($kid: ID!) { withdrawSigningKey(kid: $kid) { revision } }', { kid: old });
    await waitFor(async () => (await guardsBehind(old)) === 0, {
      what: 'no guard taking the old key',
      withinMs: 10_000,
    });
    expect([await outcomeOf(inHand), await outcomeOf(client)]).toEqual(['token refused', 'allowed']);
    await Promise.all([inHand.close(), client.close()]);
  },
);

promise('R-KEY-3', 'a guard that is cut off while the key is rotated comes back with the new key', async () => {
  const old = await signingKid();
  const inHand = await connectAgent(world.resource, await world.token('cs-prod', 'role:support'));
  expect(await outcomeOf(inHand)).toBe('allowed');
  const { link } = world.installation.run.pids;
  process.kill(link, 'SIGSTOP');
  try {
    await world.admin.get('mutation { rotateSigningKey { revision } }');
    expect((await signingKeys()).map(({ state }) => state)).toContain('published');
    expect(await outcomeOf(inHand), 'its lease still runs').toBe('allowed');
    await waitFor(async () => (await signingKid()) !== old, {
      what: 'the lease of the guard ending',
      withinMs: 15_000,
    });
    expect(await outcomeOf(inHand), 'nothing runs past the lease').not.toBe('allowed');
  } finally {
    process.kill(link, 'SIGCONT');
  }
  const token = await world.token('cs-prod', 'role:support');
  expect(decodeProtectedHeader(token).kid).toBe(await signingKid());
  await waitFor(async () => (await outcomeOf(inHand)) === 'allowed', { what: 'the guard opening', withinMs: 10_000 });
  const fresh = await connectAgent(world.resource, token);
  expect(await outcomeOf(fresh), 'it holds the new key as soon as it is open').toBe('allowed');
  await Promise.all([inHand.close(), fresh.close()]);
});
