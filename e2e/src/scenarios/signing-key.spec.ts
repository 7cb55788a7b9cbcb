import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { decodeProtectedHeader } from 'jose';
import { converged } from '../stack/converged.js';
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
    const { withdrawSigningKey } = await world.admin.get<{ withdrawSigningKey: { revision: number } }>(
      'mutation($kid: ID!) { withdrawSigningKey(kid: $kid) { revision } }',
      { kid: old },
    );
    await converged(world.admin, withdrawSigningKey.revision);
    expect([await outcomeOf(inHand), await outcomeOf(client)]).toEqual(['token refused', 'allowed']);
    await Promise.all([inHand.close(), client.close()]);
  },
);
