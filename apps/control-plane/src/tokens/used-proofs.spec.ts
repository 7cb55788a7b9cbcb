import { describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { sweepUsedProofs, takeProof } from './used-proofs.js';

const install = testInstall();
const now = () => Math.floor(Date.now() / 1000);
const count = async () => (await install.pool.query('select 1 from used_proof')).rowCount;

describe('a used proof', () => {
  it('is one of its kind, its agent and its id', async () => {
    const until = now() + 300;
    expect(await takeProof(install.pool, 'dpop', 'bot', 'one', until)).toBe(true);
    expect(await takeProof(install.pool, 'dpop', 'bot', 'one', until)).toBe(false);
    expect(await takeProof(install.pool, 'assertion', 'bot', 'one', until)).toBe(true);
    expect(await takeProof(install.pool, 'dpop', 'other', 'one', until)).toBe(true);
    expect(await takeProof(install.pool, 'dpop', 'bo', 'tone', until)).toBe(true);
  });

  it('is forgotten only when the proof is worth nothing any more', async () => {
    const kept = await count();
    await takeProof(install.pool, 'dpop', 'bot', 'old', now() - 61);
    await takeProof(install.pool, 'dpop', 'bot', 'just ended', now() - 1);
    await sweepUsedProofs(install.pool);
    expect(await count()).toBe((kept ?? 0) + 1);
    expect(await takeProof(install.pool, 'dpop', 'bot', 'just ended', now() + 300)).toBe(false);
    expect(await takeProof(install.pool, 'dpop', 'bot', 'old', now() + 300)).toBe(true);
  });
});
