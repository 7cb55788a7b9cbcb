import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeySet } from '@portcullis/contracts';
import { newTokenKey, scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowed, callerOf, reasonOf, started } from './started.fixture.js';
import { tokenKeysOf } from './token-key.js';
import type { Guard } from './types.js';

let link: ScriptedLink;
let guard: Guard;

beforeEach(async () => {
  link = await scriptedLink();
  link.answers.reportEveryMs = 50;
  ({ guard } = await started(link));
});
afterEach(async () => {
  await guard.close();
  await link.close();
});

/** Publishes the keys as they are now under the next number, and waits until the guard says that it holds them. */
async function published(): Promise<void> {
  const number = (link.keys.number += 1);
  await waitFor(() => link.reports.at(-1)?.keySet === number, { what: `key set ${number} held` });
}

const outcomeOf = async (token: string) => reasonOf(await guard.verify(token));

describe('P-D4 a rotation of the key that signs tokens', () => {
  it('refuses no token: the next key is held before it signs, the last one while its tokens live', async () => {
    const first = link.keys.token;
    const next = newTokenKey('token-2');
    const before = await link.token();
    expect(await outcomeOf(before)).toBeNull();
    link.keys.otherTokenKeys = [next];
    await published();
    expect(await outcomeOf(before)).toBeNull();
    link.keys.token = next;
    const after = await link.token();
    expect([await outcomeOf(before), await outcomeOf(after)]).toEqual([null, null]);
    link.keys.otherTokenKeys = [first];
    await published();
    expect([await outcomeOf(before), await outcomeOf(after)]).toEqual([null, null]);
  });

  it('ends the tokens of a withdrawn key at once: those that were kept, callers, and calls in flight', async () => {
    const token = await link.token();
    const caller = await callerOf(guard, link);
    const call = allowed(guard.decide(caller, 'refund', { amount: 20 }));
    expect([await outcomeOf(token), await call.start(), guard.standsAgainst(caller)]).toEqual([
      null,
      undefined,
      undefined,
    ]);
    const aborted = new Promise((resolve) => call.signal.addEventListener('abort', () => resolve(call.signal.reason)));
    link.keys.token = newTokenKey('token-2');
    await published();
    expect(await aborted).toMatchObject({ meta: { outcome: 'aborted', reason: 'token_invalid' } });
    expect(await outcomeOf(token)).toBe('token_invalid');
    expect(guard.standsAgainst(caller)).toEqual({ refused: 'token_invalid' });
    expect(reasonOf(guard.decide(caller, 'list_tickets', {}))).toBe('token_invalid');
    expect(guard.lists(caller, 'list_tickets')).toBe(false);
    expect(call.release('ok')).toMatchObject({ meta: { reason: 'token_invalid' } });
    expect(await outcomeOf(await link.token())).toBeNull();
    const rules = link.events.flatMap((event) => (event.type === 'outcome' ? [event.rule] : []));
    expect(rules).toContain('signing-key:token-1');
  });

  it('leaves calls of the other key alone', async () => {
    const next = newTokenKey('token-2');
    const first = link.keys.token;
    link.keys.otherTokenKeys = [next];
    await published();
    link.keys.token = next;
    const call = allowed(guard.decide(await callerOf(guard, link), 'refund', { amount: 20 }));
    await call.start();
    link.keys.otherTokenKeys = [];
    await published();
    expect(call.signal.aborted).toBe(false);
    expect(call.release('ok')).toBeUndefined();
    link.keys.token = first;
    expect(await outcomeOf(await link.token())).toBe('token_invalid');
  });

  it('tells those who listen, so that streams of a withdrawn key can be closed', async () => {
    let told = 0;
    guard.onChange(() => (told += 1));
    const caller = await callerOf(guard, link);
    const againstWhenTold = new Promise((resolve) => guard.onChange(() => resolve(guard.standsAgainst(caller))));
    link.keys.token = newTokenKey('token-2');
    await published();
    expect(await againstWhenTold).toEqual({ refused: 'token_invalid' });
    expect(told).toBeGreaterThan(0);
  });
});

describe('the token keys of a key set', () => {
  const entry = (kid: string, namedCurve = 'P-256') => ({
    kid,
    jwk: { ...generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' }) },
    notBefore: 0,
    notAfter: 1,
  });
  const keysOf = (tokenKeys: KeySet['tokenKeys']) => [
    ...tokenKeysOf({
      v: 1,
      number: 1,
      issuer: 'x',
      generation: { number: 1, id: 'g' },
      feedKeys: tokenKeys,
      tokenKeys,
    }).keys(),
  ];

  it('are the P-256 ones whose id is theirs alone', () => {
    const ed25519 = createPublicKey(link.keys.feed.privateKey).export({ format: 'jwk' });
    const broken = { ...entry('broken'), jwk: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' } };
    const usable = [entry('a'), entry('twice'), entry('b')];
    const others = [
      entry('twice'),
      entry('c', 'P-384'),
      entry('k', 'secp256k1'),
      broken,
      { ...entry('d'), jwk: { ...ed25519 } },
    ];
    expect(keysOf([...usable, ...others])).toEqual(['a', 'b']);
  });
});
