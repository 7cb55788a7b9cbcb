import { createHmac, createPublicKey } from 'node:crypto';
import { scriptedLink, ProofKey, TestClock, waitFor, type ProofOf, type ScriptedLink } from '@portcullis/testkit';
import { SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGuard } from '../guard.js';
import { newStateFolder } from '../new-state-folder.fixture.js';
import { reasonOf, started } from '../started.fixture.js';
import type { Guard, TokenRefusal, VerifiedCaller } from '../types.js';

let link: ScriptedLink;
let guard: Guard;
let key: ProofKey;
let otherKey: ProofKey;
let token: string;
const url = 'http://localhost:4100/mcp';

beforeAll(async () => {
  [key, otherKey] = await Promise.all([ProofKey.make(), ProofKey.make()]);
});
beforeEach(async () => {
  link = await scriptedLink({ resource: url });
  ({ guard } = await started(link));
  token = await boundToken();
});
afterEach(async () => {
  await guard.close();
  await link.close();
});

const boundToken = (to: ProofKey = key) => link.token({ cnf: { jkt: to.thumbprint } });

function show(proof: string | undefined, shown: { token?: string; method?: string; url?: string; at?: Guard } = {}) {
  const { at = guard } = shown;
  return at.verify(shown.token ?? token, {
    scheme: 'dpop',
    proof,
    method: shown.method ?? 'POST',
    url: shown.url ?? url,
  });
}

/** A proof for the token with a live nonce of the guard, differing as the test says. */
const proofOf = (differing: Partial<ProofOf> = {}, by: ProofKey = key) =>
  by.proof({ token, url, nonce: guard.dpopNonce(), ...differing });

const isTaken = (answer: VerifiedCaller | TokenRefusal) => expect(reasonOf(answer)).toBeNull();

describe('a token that is bound to a key', () => {
  it('is taken with a proof by that key', async () => {
    expect(await show(await proofOf())).toMatchObject({ claims: { agent: 'cs-prod', cnf: { jkt: key.thumbprint } } });
  });

  it('is refused as a bearer token, also after it was taken with a proof', async () => {
    const refusal = { refused: 'token_invalid' };
    expect(await guard.verify(token)).toMatchObject(refusal);
    isTaken(await show(await proofOf()));
    expect(await guard.verify(token)).toMatchObject(refusal);
    expect(await guard.verify(token, { scheme: 'bearer', proof: await proofOf(), method: 'POST', url })).toMatchObject(
      refusal,
    );
  });

  it('needs a new proof for every request', async () => {
    const proof = await proofOf();
    isTaken(await show(proof));
    expect(await show(proof)).toEqual({ refused: 'dpop_proof_invalid', why: 'the proof was used before' });
    isTaken(await show(await proofOf()));
  });

  it('is taken once when the same proof comes twice at the same moment', async () => {
    const proof = await proofOf();
    const answers = await Promise.all([show(proof), show(proof), show(proof)]);
    expect(answers.map(reasonOf).sort()).toEqual(['dpop_proof_invalid', 'dpop_proof_invalid', null]);
  });

  it.each(['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'RS256'])('may be bound to a key for %s', async (alg) => {
    const own = await ProofKey.make(alg);
    token = await boundToken(own);
    isTaken(await show(await proofOf({}, own)));
  });

  it.each(['x5t#S256', 'jku', 'kid'])(
    'in another way (%s), or in two ways, is refused however it is shown',
    async (member) => {
      for (const cnf of [{ [member]: key.thumbprint }, { jkt: key.thumbprint, [member]: key.thumbprint }, {}]) {
        token = await link.token({ cnf: cnf as never });
        expect(await show(await proofOf())).toMatchObject({ refused: 'token_invalid' });
        expect(await guard.verify(token)).toMatchObject({ refused: 'token_invalid' });
      }
    },
  );

  it('P-F6 is refused from the swap on that revokes its credential, whatever proof comes with it', async () => {
    isTaken(await show(await proofOf()));
    const value = { agent: 'cs-prod', status: 'revoked', expiresAt: null };
    const revision = link.commit({ kind: 'credential', id: 'cs-prod-secret', value });
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    expect(await show(await proofOf())).toEqual({ refused: 'credential_revoked' });
  });

  it('that is bound to none is refused with a proof', async () => {
    token = await link.token();
    expect(await show(await proofOf())).toMatchObject({ refused: 'token_invalid' });
    isTaken(await guard.verify(token));
  });
});

describe('a proof', () => {
  it.each<[string, string, () => Promise<Parameters<typeof show>>]>([
    ['is missing', 'dpop_proof_invalid', async () => [undefined]],
    ['is empty', 'dpop_proof_invalid', async () => ['']],
    ['is not a proof', 'dpop_proof_invalid', async () => ['nonsense']],
    ['is two of them', 'dpop_proof_invalid', async () => [`${await proofOf()}, ${await proofOf()}`]],
    ['is for another method', 'dpop_proof_invalid', async () => [await proofOf(), { method: 'GET' }]],
    ['names the method in other letters', 'dpop_proof_invalid', async () => [await proofOf({ method: 'post' })]],
    ['is for another address', 'dpop_proof_invalid', async () => [await proofOf({ url: 'http://localhost:4200/mcp' })]],
    ['is for another path', 'dpop_proof_invalid', async () => [await proofOf({ url: `${url}/x` })]],
    ['names no http address', 'dpop_proof_invalid', async () => [await proofOf({ url: 'urn:mcp' })]],
    ['is for another token', 'dpop_proof_invalid', async () => [await proofOf(), { token: await boundToken() }]],
    ['is for no token', 'dpop_proof_invalid', async () => [await proofOf({ claims: { ath: undefined } })]],
    ['is by another key', 'token_invalid', async () => [await proofOf({}, otherKey)]],
    [
      'shows the key but is signed by another',
      'dpop_proof_invalid',
      async () => [await proofOf({ header: { jwk: key.jwk } }, otherKey)],
    ],
    ['has no id', 'dpop_proof_invalid', async () => [await proofOf({ claims: { jti: undefined } })]],
    ['has a huge id', 'dpop_proof_invalid', async () => [await proofOf({ claims: { jti: 'x'.repeat(300) } })]],
    ['has no time', 'dpop_proof_invalid', async () => [await proofOf({ claims: { iat: undefined } })]],
    ['is of another type', 'dpop_proof_invalid', async () => [await proofOf({ header: { typ: 'JWT' } })]],
    ['is of no type', 'dpop_proof_invalid', async () => [await proofOf({ header: { typ: undefined } })]],
    ['shows no key', 'dpop_proof_invalid', async () => [await proofOf({ header: { jwk: undefined } })]],
    ['is too long', 'dpop_proof_invalid', async () => [await proofOf({ claims: { more: 'x'.repeat(4096) } })]],
    ['has no nonce', 'dpop_nonce_needed', async () => [await proofOf({ nonce: undefined })]],
    ['has a made-up nonce', 'dpop_nonce_needed', async () => [await proofOf({ nonce: 'x'.repeat(51) })]],
    ['has an empty nonce', 'dpop_nonce_needed', async () => [await proofOf({ nonce: '' })]],
  ])('is refused when it %s', async (_what, reason, shown) => {
    expect(await show(...(await shown()))).toMatchObject({ refused: reason });
    isTaken(await show(await proofOf()));
  });

  it('is refused when its key shows a private member, or is meant for another algorithm', async () => {
    for (const jwk of [
      { ...key.jwk, d: 'AAAA' },
      { ...key.jwk, k: 'AAAA' },
      { ...key.jwk, alg: 'ES384' },
      { ...key.jwk, crv: 'P-384' },
      { kty: 'oct', k: 'AAAA' },
    ]) {
      expect(await show(await proofOf({ header: { jwk } }))).toMatchObject({ refused: 'dpop_proof_invalid' });
    }
  });

  it('is refused when it is signed with a secret, also when the secret is the public key', async () => {
    const [, payload = ''] = (await proofOf()).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const spki = createPublicKey({ key: key.jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    for (const alg of ['HS256', 'HS512']) {
      const proof = await new SignJWT(claims)
        .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk: key.jwk })
        .sign(Buffer.from(spki));
      expect(await show(proof)).toMatchObject({ refused: 'dpop_proof_invalid' });
    }
    const unsigned = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk: key.jwk })).toString('base64url');
    expect(await show(`${unsigned}.${payload}.`)).toMatchObject({ refused: 'dpop_proof_invalid' });
  });

  it('is refused when its header asks for what is not understood, although its key signed that', async () => {
    const [, payload = ''] = (await proofOf()).split('.');
    const proofWith = async (more: object) => {
      const header = JSON.stringify({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...more });
      const input = `${Buffer.from(header).toString('base64url')}.${payload}`;
      const ecdsa = { name: 'ECDSA', hash: 'SHA-256' };
      const signature = await crypto.subtle.sign(ecdsa, key.privateKey, Buffer.from(input));
      return `${input}.${Buffer.from(signature).toString('base64url')}`;
    };
    for (const more of [{ crit: ['exp'], exp: 1 }, { crit: [] }, { crit: ['b64'], b64: true }, { b64: true }]) {
      expect(await show(await proofWith(more))).toMatchObject({ refused: 'dpop_proof_invalid' });
    }
    isTaken(await show(await proofWith({})));
  });

  it('is compared with the address without its query and fragment, as equal addresses are written', async () => {
    for (const written of [`${url}?a=1#b`, 'HTTP://LOCALHOST:4100/mcp', 'http://localhost:4100/x/../%6dcp']) {
      isTaken(await show(await proofOf({ url: written })));
    }
    isTaken(await show(await proofOf(), { url: `${url}?session=1` }));
  });

  it('is believed whatever time its maker thinks it is', async () => {
    for (const iat of [0, 1, Math.floor(Date.now() / 1000) + 1_000_000]) {
      isTaken(await show(await proofOf({ claims: { iat, exp: 1, nbf: iat } })));
    }
  });

  it('says nothing about the token when its nonce is not live', async () => {
    const noNonce = { nonce: undefined };
    const answers = [
      await show(await proofOf(noNonce)),
      await show(await proofOf({ ...noNonce, token: 'nonsense' }), { token: 'nonsense' }),
      await show(await proofOf(noNonce, otherKey)),
    ];
    expect(answers.map(reasonOf)).toEqual(['dpop_nonce_needed', 'dpop_nonce_needed', 'dpop_nonce_needed']);
  });
});

describe('a proof that let nobody in', () => {
  it('takes no room among the used ones: it is taken once its caller may come in', async () => {
    const proof = await proofOf();
    const status = async (value: string) => {
      const revision = link.commit({ kind: 'agent-status', id: 'cs-prod', value: { status: value } });
      await waitFor(() => guard.revision === revision, { what: `the agent ${value}` });
    };
    await status('suspended');
    expect(await show(proof)).toEqual({ refused: 'agent_suspended' });
    expect(await show(proof)).toEqual({ refused: 'agent_suspended' });
    await status('active');
    isTaken(await show(proof));
    expect(await show(proof)).toMatchObject({ refused: 'dpop_proof_invalid' });
  });

  it('does not use up the id for the key whose proof it pretends to be', async () => {
    const jti = 'the same';
    const forged = await proofOf({ claims: { jti }, header: { jwk: key.jwk } }, otherKey);
    expect(await show(forged)).toMatchObject({ refused: 'dpop_proof_invalid' });
    isTaken(await show(await proofOf({ claims: { jti } })));
  });

  it('waits for the revision of its token as any other, and is judged by what is held then', async () => {
    token = await link.token({ cnf: { jkt: key.thumbprint }, rev: (link.slice.head + 1) as never });
    const answer = show(await proofOf());
    link.commit({ kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } });
    expect(await answer).toEqual({ refused: 'agent_suspended' });
  });
});

describe('P-F7 a nonce', () => {
  it('of another guard, or of another boot of this one, is worth nothing', async () => {
    const other = await started(link);
    const proof = await key.proof({ token, url, nonce: other.guard.dpopNonce() });
    expect(await show(proof)).toMatchObject({ refused: 'dpop_nonce_needed' });
    isTaken(await show(proof, { at: other.guard }));
    await other.guard.close();
    const again = await started(link, { state: other.state });
    expect(
      await show(await key.proof({ token, url, nonce: other.guard.dpopNonce() }), { at: again.guard }),
    ).toMatchObject({ refused: 'dpop_nonce_needed' });
    await again.guard.close();
  });

  it('lives 30 s by the guard’s own clocks, of which a sleeping machine stops only one', async () => {
    const clock = new TestClock();
    const at = await startGuard({ url: link.url, joinToken: link.newJoinToken(), state: newStateFolder() }, clock);
    const nonce = at.dpopNonce();
    const tried = async () => reasonOf(await show(await key.proof({ token, url, nonce }), { at }));
    clock.advance(29_999);
    clock.moveWall(3_600_000);
    expect(await tried()).toBeNull();
    clock.moveWall(-7_200_000);
    clock.advance(1);
    expect(await tried()).toBe('dpop_nonce_needed');
    const second = at.dpopNonce();
    clock.suspend(30_000);
    clock.advance(250);
    expect(reasonOf(await show(await key.proof({ token, url, nonce: second }), { at }))).toBe('dpop_nonce_needed');
    await at.close();
  });

  it('cannot be made from one that was seen', () => {
    const seen = Buffer.from(guard.dpopNonce(), 'base64url');
    const time = Buffer.from(seen.subarray(0, 6));
    time.writeUIntBE(time.readUIntBE(0, 6) + 1, 0, 6);
    const forged = [
      Buffer.concat([time, seen.subarray(6)]),
      Buffer.concat([time, createHmac('sha256', '').update(time).digest()]),
      seen.subarray(0, 6),
    ];
    return Promise.all(
      forged.map(async (bytes) =>
        expect(await show(await proofOf({ nonce: bytes.toString('base64url') }))).toMatchObject({
          refused: 'dpop_nonce_needed',
        }),
      ),
    );
  });
});
