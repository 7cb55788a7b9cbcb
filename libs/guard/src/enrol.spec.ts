import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuard } from './guard.js';
import { isGuardError } from './guard-error.js';
import { newStateFolder } from './new-state-folder.fixture.js';
import { started, untilPosture } from './started.fixture.js';
import type { Guard, GuardOptions } from './types.js';

let link: ScriptedLink;
let guard: Guard | undefined;

beforeEach(async () => {
  link = await scriptedLink();
  guard = undefined;
});
afterEach(async () => {
  await guard?.close();
  await link.close();
});

async function codeOf(options: Partial<GuardOptions>): Promise<string> {
  const error: unknown = await createGuard({ url: link.url, state: newStateFolder(), ...options }).catch(
    (cause: unknown) => cause,
  );
  return isGuardError(error) ? error.code : 'no guard error';
}

describe('enrolment', () => {
  it('P-F2 makes an identity with a join token, and needs none the second time', async () => {
    const first = await started(link);
    await first.guard.close();
    const second = await started(link, { state: first.state });
    guard = second.guard;
    expect(guard.posture).toBe('fresh');
    expect(guard.server).toEqual({ id: 'support-desk', resource: link.resource, environment: 'prod' });
    expect(guard.issuer).toBe(link.keys.issuer);
    expect(new Set(link.reports.map((report) => report.guard)).size).toBe(1);
  });

  it('keeps its folder 0700 and its files 0600, and no secret of the join token in it', async () => {
    const joinToken = link.newJoinToken();
    const begun = await started(link, { joinToken });
    guard = begun.guard;
    expect(statSync(begun.state).mode & 0o777).toBe(0o700);
    const secret = joinToken.split('.')[1] ?? 'none';
    const files = readdirSync(begun.state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map((file) => file.name)).toEqual(expect.arrayContaining(['key.pem', 'identity.json', 'boot.json']));
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path, 'utf8')).not.toContain(secret);
    }
    expect(JSON.stringify(begun.log)).not.toContain(secret);
  });

  it.each([
    ['url_invalid', () => ({ url: 'localhost:4001' })],
    ['join_token_missing', () => ({})],
    ['join_token_malformed', () => ({ joinToken: 'pcj_nonsense' })],
    ['join_token_refused', async () => ({ joinToken: await usedToken() })],
    ['root_key_mismatch', () => ({ joinToken: withOtherRoot(link.newJoinToken()) })],
    ['state_folder_unusable', () => ({ state: '/dev/null/guard', joinToken: link.newJoinToken() })],
  ])('throws %s for what only the host can put right, and keeps no identity', async (code, options) => {
    const state = newStateFolder();
    expect(await codeOf({ state, ...(await options()) })).toBe(code);
    expect(readdirSync(state)).not.toContain('identity.json');
  });

  it('throws state_folder_unusable when the identity was tampered with', async () => {
    const begun = await started(link);
    await begun.guard.close();
    const path = join(begun.state, 'identity.json');
    const identity = JSON.parse(readFileSync(path, 'utf8'));
    chmodSync(path, 0o600);
    writeFileSync(path, JSON.stringify({ ...identity, rootKey: scriptedRoot(await otherLink()) }));
    expect(await codeOf({ state: begun.state })).toBe('state_folder_unusable');
  });

  it('P-F2 with a join token of another control plane it enrols there anew', async () => {
    const begun = await started(link);
    await begun.guard.close();
    const other = await otherLink();
    guard = await createGuard({ url: other.url, joinToken: other.newJoinToken(), state: begun.state });
    expect(guard.posture).toBe('fresh');
    expect(other.reports.length).toBeGreaterThan(0);
  });

  it('never throws because the control plane is away: it is severed, and enrols when it comes', async () => {
    const joinToken = link.newJoinToken();
    await link.cut();
    guard = await createGuard({ url: link.url, joinToken, state: newStateFolder() });
    expect(guard.posture).toBe('severed');
    expect(guard.server).toBeUndefined();
    expect(await guard.verify(await link.token())).toMatchObject({ refused: 'token_invalid' });
    await link.restore();
    await untilPosture(guard, 'fresh');
  });

  it('starts severed with its identity while the control plane is away, and is fresh when it comes', async () => {
    const begun = await started(link);
    await begun.guard.close();
    await link.cut();
    guard = await createGuard({ url: link.url, state: begun.state });
    expect(guard.posture).toBe('severed');
    await link.restore();
    await untilPosture(guard, 'fresh');
  });
});

const others: ScriptedLink[] = [];
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
});
async function otherLink(): Promise<ScriptedLink> {
  const other = await scriptedLink();
  others.push(other);
  return other;
}

async function usedToken(): Promise<string> {
  const joinToken = link.newJoinToken();
  const first = await createGuard({ url: link.url, joinToken, state: newStateFolder() });
  await waitFor(() => first.posture === 'fresh', { what: 'the first use' });
  await first.close();
  return joinToken;
}

function withOtherRoot(joinToken: string): string {
  return `${joinToken.slice(0, joinToken.lastIndexOf('.'))}.${'A'.repeat(43)}`;
}

function scriptedRoot({ keys }: ScriptedLink): string {
  return keys.rootKey;
}
