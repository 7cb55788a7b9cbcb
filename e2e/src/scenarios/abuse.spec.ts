import { afterAll, beforeAll, expect } from 'vitest';
import { abuse, type Abuse } from '../abuse.js';
import { promise } from '../promise.js';
import { abuseCases, signIn } from '../stack/abuse-cases.js';
import { assertionOf, startAbuseWorld, type AbuseWorld, type Answer } from '../stack/abuse-world.js';
import { leftBehind, withDatabase } from '../stack/left-behind.js';
import { refundsDone } from '../stack/refunds.js';

let world: AbuseWorld;
const refusals: string[] = [];
beforeAll(async () => {
  world = await startAbuseWorld();
});
afterAll(() => world.close());

/** The targets: what an abuse would have to change to be worth anything. */
async function targets(): Promise<unknown> {
  const read = (text: string) =>
    withDatabase(world.installation, async (database) => (await database.query<Record<string, unknown>>(text)).rows);
  return {
    revision: await read('select revision from change_counter'),
    decisions: await read('select count(*) from decision'),
    credentials: await read('select id, stage, last_used_at from credential order by id'),
    ended: await read('select credential_id from credential_revocation order by 1'),
    conversations: await read('select id, status, user_id from conversation order by id'),
    people: await read('select id, email from "user" order by id'),
    sessions: await read('select count(*) from session'),
    refunds: await refundsDone(world.installation),
  };
}

const changing = ['date', 'x-request-id', 'dpop-nonce', 'etag'];

/** All of an answer but what differs between any two. */
function shape({ status, text, headers }: Answer): unknown {
  const same = [...headers].filter(([name]) => !changing.includes(name));
  return { status, headers: same, text: text.replace(/"requestId":"[^"]*"/, '') };
}

promise('R-ENUM-1', 'an agent that does not exist is answered like one whose secret or key is wrong', async () => {
  const wrong = { client_secret: 'pcs_wrong' };
  const known = await world.ask({ client_id: world.agent.id, ...wrong });
  const unknown = await world.ask({ client_id: 'nobody-here', ...wrong });
  expect(known.status).toBe(401);
  expect(shape(unknown)).toEqual(shape(known));

  const wrongKey = await world.ask(await assertionOf(world, {}, world.other.key.privateKey));
  const nobody = await world.ask(await assertionOf(world, { iss: 'nobody-here', sub: 'nobody-here' }));
  expect(wrongKey.status).toBe(401);
  expect(shape(nobody)).toEqual(shape(wrongKey));
  expect(shape(nobody)).toEqual(shape(unknown));
});

promise('R-ENUM-1', 'a person who does not exist is answered like one whose password is wrong', async () => {
  const known = await signIn(world, 'ana@example.com');
  const unknown = await signIn(world, 'bob@example.com');
  expect(known.code).toBe('sign_in_refused');
  expect(shape(unknown)).toEqual(shape(known));
});

for (const [name, { status, code }] of Object.entries(abuse)) {
  promise('R-ABUSE-1', name, async () => {
    const attempt = await abuseCases[name as Abuse](world);
    const before = await targets();
    const answer = await attempt();
    refusals.push(answer.text, JSON.stringify([...answer.headers]));
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(await targets()).toEqual(before);
  });
}

promise('R-SECRET-1', 'no secret that was used stands in an answer, a log, a table or the process list', async () => {
  const secrets = [...world.secrets].filter((secret) => secret !== '');
  const basic = secrets.map((secret) => Buffer.from(`${world.agent.id}:${secret}`).toString('base64'));
  const places = [...(await leftBehind(world.installation)), { name: 'a refusal', text: refusals.join('\n') }];
  expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining(['log api.log', 'table credential']));
  expect(places.filter(({ name }) => name.startsWith('process ')).length).toBeGreaterThan(4);
  const found = places.flatMap(({ name, text }) =>
    [...secrets, ...basic]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${name}: ${secret.slice(0, 12)}…`),
  );
  expect(found).toEqual([]);
  const planted = places.find(({ name }) => name === 'log api.log')?.text ?? '';
  expect(planted).toContain('token refused');
});
