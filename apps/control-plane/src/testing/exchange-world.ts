import { tokenWords } from '@portcullis/contracts';
import { beforeAll } from 'vitest';
import { CurrentTokenKeys } from '../keys/current-token-keys.js';
import { signOwnSubjectToken } from '../subjects/own-subject-token.js';
import type { TestApi } from './test-api.js';
import { basic, giveSecret, postForm, type Answer } from './test-token-server.js';
import { addAgent, addServer, assign } from './world.js';

type Fields = Readonly<Record<string, string>>;

export const chain = ['host', 'bot', 'third', 'fourth', 'fifth'] as const;

async function people(api: TestApi, secrets: Record<string, string>): Promise<void> {
  await addServer(api.pool, 'desk', 'prod');
  await addServer(api.pool, 'lab', 'exploratory');
  for (const agent of [...chain, 'other']) {
    await addAgent(api.pool, agent);
    await assign(api.pool, `x-${agent}`, agent, 'support', 'prod');
    await assign(api.pool, `l-${agent}`, agent, 'support', 'exploratory');
    secrets[agent] = await giveSecret(api, agent, `cr_${agent}`);
  }
  const hosts = `insert into agent_host (agent_id, host_id, set_by) select * from unnest($1::text[], $2::text[], $3::text[])`;
  const hosted = chain.slice(1);
  await api.pool.query(hosts, [hosted, chain.slice(0, -1), hosted.map(() => 'spec')]);
}

const tables = [
  'select revision from change_counter',
  'select kind, id from used_proof order by kind, id',
  'select id, stage, last_used_at, last_used_server from credential order by id',
  'select id, status, user_id from conversation order by id',
  'select jti from token_revocation order by jti',
  'select model, id from oidc_record order by model, id',
];

/** Five agents, each the host of the next, a sixth without a host, and a person who is signed in. */
export class ExchangeWorld {
  readonly #secrets: Record<string, string> = {};
  user = '';

  constructor(private readonly api: TestApi) {
    beforeAll(async () => {
      await people(api, this.#secrets);
      const { rows } = await api.pool.query<{ id: string }>('select "id" from "user"');
      this.user = `portcullis:${rows[0]?.id}`;
    });
  }

  get url(): string {
    return `${this.api.config.publicUrl}/oauth/token`;
  }

  as(agent: string): Fields {
    return basic(agent, this.#secrets[agent] ?? '');
  }

  /** The person lets the agent act for them, by the API. */
  async subjectToken(agent: string): Promise<string> {
    const ask = 'mutation ($agent: ID!) { issueSubjectToken(agent: $agent) { subjectToken } }';
    const said = await this.api.admin.get<{ issueSubjectToken: { subjectToken: string } }>(ask, { agent });
    return said.issueSubjectToken.subjectToken;
  }

  /** The same signed by hand, for what the API would not issue. */
  async signed(wish: { person?: string; agent?: string; issuer?: string }, now?: number): Promise<string> {
    const { person = this.user.split(':')[1] ?? '', agent = 'bot', issuer = this.api.config.publicUrl } = wish;
    const key = (await CurrentTokenKeys.open(this.api.pool, this.api.kek)).signing();
    return (await signOwnSubjectToken({ issuer, person, agent }, key, now)).subjectToken;
  }

  /** Fields of an exchange for the server `desk`. */
  wish(subjectToken: string, more: Fields = {}): Fields {
    return {
      grant_type: tokenWords.exchangeGrant,
      subject_token: subjectToken,
      subject_token_type: tokenWords.jwt,
      resource: 'http://localhost/desk/mcp',
      ...more,
    };
  }

  exchange(agent: string, subjectToken: string, more: Fields = {}, headers: Fields = {}): Promise<Answer> {
    return postForm(this.url, this.wish(subjectToken, more), { ...this.as(agent), ...headers });
  }

  /** Where the subject token is one of our access tokens. */
  nested(agent: string, subjectToken: string, more: Fields = {}): Promise<Answer> {
    return this.exchange(agent, subjectToken, { subject_token_type: tokenWords.accessToken, ...more });
  }

  /** What this agent gets when every agent before it handed its token on. */
  async chainTo(last: (typeof chain)[number]): Promise<string> {
    const more = { scope: 'task:execute' };
    const first = await this.exchange('host', await this.subjectToken('host'), more);
    let token = String(first.body['access_token']);
    for (const agent of chain.slice(1, chain.indexOf(last) + 1))
      token = String((await this.nested(agent, token, more)).body['access_token']);
    return token;
  }

  /** Everything that an exchange could leave behind. */
  async rows(): Promise<unknown> {
    const found = [];
    for (const table of tables) found.push((await this.api.pool.query<Record<string, unknown>>(table)).rows);
    return found;
  }
}
