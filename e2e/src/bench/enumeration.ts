import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { newKey, proofFields, type Proof } from '../soak/proof.js';
import { quantile, row, type Bench } from './row.js';
import { post } from './token-load.js';
import { tokenWorld, type TokenWorld } from './token-world.js';

const tries = 200;
const pairsPerWindow = 5;

type Whose = 'known' | 'unknown';
const both: readonly Whose[] = ['known', 'unknown'];

/** The same wrong attempt for one who exists and for one who does not. */
interface Pair {
  readonly id: string;
  readonly name: string;
  readonly wanted: number;
  attempt(
    whose: Whose,
  ): Promise<{ readonly url: URL; readonly body: string; readonly headers: Record<string, string> }>;
}

const form = 'application/x-www-form-urlencoded';

function agents({ servers }: TokenWorld, kind: Proof['kind'], id: string): Pair {
  const { endpoint, clients } = servers.ours;
  const url = new URL(`${endpoint.issuer}/oauth/token`);
  const names = { known: clients[kind].id, unknown: 'bench-nobody' };
  const wrong: Proof = kind === 'secret' ? { kind, secret: `pcs_${randomUUID()}` } : newKey().proof;
  return {
    id,
    name: `an agent by ${kind}, unknown or known with a wrong one: the slower; floor: the faster`,
    wanted: 401,
    attempt: async (whose) => {
      const fields = await proofFields(names[whose], wrong, endpoint.issuer);
      const asked = { grant_type: 'client_credentials', resource: endpoint.resource, ...fields };
      return { url, body: new URLSearchParams(asked).toString(), headers: { 'content-type': form } };
    },
  };
}

function people({ servers }: TokenWorld): Pair {
  const url = new URL(`${servers.ours.endpoint.issuer}/graphql`);
  const query = 'mutation($i: SignInInput!) { signIn(input: $i) { csrfToken } }';
  const emails = { known: 'ana@example.com', unknown: 'bob@example.com' };
  return {
    id: 'B-enum-sign-in',
    name: 'a person, unknown or known with a wrong password: the slower; floor: the faster',
    wanted: 200,
    attempt: async (whose) => {
      const variables = { i: { email: emails[whose], password: 'wrong horse battery' } };
      return {
        url,
        body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json', origin: url.origin },
      };
    },
  };
}

/** Tries in turn, each side first every other time; what limits guessing is wiped in between, so that every one is judged. */
async function oneRun(pair: Pair, database: Client): Promise<Record<Whose, number>> {
  const seen: Record<Whose, number[]> = { known: [], unknown: [] };
  for (let turn = 0; turn < tries; turn++) {
    if (turn % pairsPerWindow === 0) await database.query('delete from rate_limit');
    for (const whose of turn % 2 === 0 ? both : [...both].reverse()) {
      const { url, body, headers } = await pair.attempt(whose);
      const began = performance.now();
      const { status, text } = await post(url, body, headers);
      seen[whose].push(performance.now() - began);
      if (status !== pair.wanted || text.includes('rate_limited')) throw new Error(`${pair.id}: ${status} ${text}`);
    }
  }
  return { known: quantile(seen.known, 0.5), unknown: quantile(seen.unknown, 0.5) };
}

/** Whether the time of a refusal tells who exists: p50 of 200 tries for the one and for the other. */
export const enumerationBench: Bench = async ({ progress, runs }) => {
  const world = await tokenWorld();
  const database = new Client({ connectionString: world.databaseUrl });
  await database.connect();
  try {
    const pairs = [
      agents(world, 'secret', 'B-enum-secret'),
      agents(world, 'private_key_jwt', 'B-enum-key'),
      people(world),
    ];
    const rows = [];
    for (const pair of pairs) {
      const all: Record<Whose, number>[] = [];
      for (let index = 0; index <= runs; index++) {
        const run = await oneRun(pair, database);
        progress(`${pair.id}: known ${run.known.toFixed(2)} ms, unknown ${run.unknown.toFixed(2)} ms`);
        if (index > 0) all.push(run);
      }
      rows.push(
        row(pair.id, pair.name, tries, 'ms', {
          ours: all.map(({ known, unknown }) => Math.max(known, unknown)),
          floor: all.map(({ known, unknown }) => Math.min(known, unknown)),
          target: 1.1,
        }),
      );
    }
    return { runs, rows };
  } finally {
    await database.end();
    await world.close();
  }
};
