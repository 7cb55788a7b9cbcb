import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { accessTokenSchema } from '@portcullis/contracts';
import { createGuard, type Guard } from '@portcullis/guard';
import { waitFor } from '@portcullis/testkit';
import { askToken } from '../soak/proof.js';
import { quantile, row, type Progress, type Row } from './row.js';
import type { TokenWorld } from './token-world.js';

const tokensPerRun = 400;
const perSlice = 50;
const timesAgain = 100_000;

interface Floor {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly issuer: string;
  readonly resource: string;
}

interface Run {
  readonly again: number;
  readonly first: number;
  readonly floor: number;
}

async function floorOf({ servers }: TokenWorld): Promise<Floor> {
  const { issuer, resource } = servers.ours.endpoint;
  const { keys } = (await (await fetch(`${issuer}/oauth/jwks`)).json()) as { keys: { kid: string }[] };
  const opened = keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk as never, format: 'jwk' })] as const);
  return { keys: new Map(opened), issuer, resource };
}

function part(token: string, from: number, to: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.slice(from, to), 'base64url').toString('utf8')) as Record<string, unknown>;
}

/** The same checks with node:crypto and nothing else. */
function floorVerify(token: string, { keys, issuer, resource }: Floor): void {
  const [first, last] = [token.indexOf('.'), token.lastIndexOf('.')];
  const { alg, typ, kid } = part(token, 0, first);
  const key = keys.get(String(kid));
  if (alg !== 'ES256' || typ !== 'at+jwt' || !key) throw new Error('header');
  const signature = Buffer.from(token.slice(last + 1), 'base64url');
  if (!verify('sha256', Buffer.from(token.slice(0, last)), { key, dsaEncoding: 'ieee-p1363' }, signature))
    throw new Error('signature');
  const { iss, aud, exp } = accessTokenSchema.parse(part(token, first + 1, last));
  if (iss !== issuer || aud !== resource || exp * 1000 <= Date.now()) throw new Error('claims');
}

async function ourVerify(guard: Guard, token: string): Promise<void> {
  const verdict = await guard.verify(token);
  if ('refused' in verdict) throw new Error(`refused: ${verdict.refused}`);
}

async function newTokens({ servers }: TokenWorld, count: number): Promise<string[]> {
  const { endpoint, clients } = servers.ours;
  const tokens: string[] = [];
  for (let index = 0; index < count; index++) {
    const { body } = await askToken(endpoint, clients.secret.id, clients.secret.proof);
    tokens.push(String(body['access_token']));
  }
  return tokens;
}

async function microseconds(count: number, work: () => Promise<void> | void): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1000 / count;
}

/** Slices of new tokens in turn: through the guard, and past it. */
async function oneRun(world: TokenWorld, guard: Guard, floor: Floor): Promise<Run> {
  const tokens = await newTokens(world, tokensPerRun);
  const [first, least]: [number[], number[]] = [[], []];
  for (let at = 0; at < tokens.length; at += perSlice) {
    const some = tokens.slice(at, at + perSlice);
    const ours = async (): Promise<void> => {
      for (const token of some) await ourVerify(guard, token);
    };
    const bare = (): void => some.forEach((token) => floorVerify(token, floor));
    if (at % (2 * perSlice) === 0) first.push(await microseconds(perSlice, ours));
    least.push(await microseconds(perSlice, bare));
    if (at % (2 * perSlice) !== 0) first.push(await microseconds(perSlice, ours));
  }
  const [known = ''] = tokens;
  const again = await microseconds(timesAgain, async () => {
    for (let time = 0; time < timesAgain; time++) await ourVerify(guard, known);
  });
  return { again, first: quantile(first, 0.25), floor: quantile(least, 0.25) };
}

/** B-T2: a token that a real guard has verified before, and one it sees for the first time. */
export async function tokenSeenRows(world: TokenWorld, runs: number, progress: Progress): Promise<Row[]> {
  const state = join(world.data, 'bench-guard');
  const guard = await createGuard({ url: world.guardsUrl, state, joinToken: await world.joinToken() });
  try {
    await waitFor(() => guard.posture === 'fresh', { what: 'a fresh guard', withinMs: 20_000 });
    const floor = await floorOf(world);
    const all: Run[] = [];
    for (let index = 0; index <= runs; index++) {
      const run = await oneRun(world, guard, floor);
      progress(`again ${run.again.toFixed(2)} us, first ${run.first.toFixed(1)} us, floor ${run.floor.toFixed(1)} us`);
      if (index > 0) all.push(run);
    }
    return [
      row('B-T2', 'a verified token seen again by a guard, its standing asked', timesAgain, 'us', {
        ours: all.map(({ again }) => again),
        target: 2,
      }),
      row('B-T2-first', 'a token seen for the first time; floor: node:crypto, same checks', tokensPerRun, 'us', {
        ours: all.map(({ first }) => first),
        floor: all.map((run) => run.floor),
        target: 1.1,
      }),
    ];
  } finally {
    await guard.close();
  }
}
