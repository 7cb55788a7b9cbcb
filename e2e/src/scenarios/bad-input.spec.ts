import { randomUUID, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { domains, parseJoinToken } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { requestToken } from '../stack/mcp-agent.js';
import { demoFile } from '../stack/demo-world.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

interface Trouble {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly remedy: RegExp;
  ask(): Promise<{ status: number; code: string; text: string }>;
}

async function graphql(
  query: string,
  variables: Record<string, unknown>,
): Promise<{ status: number; code: string; text: string }> {
  const answer = await world.admin.ask(query, variables);
  const [error] = answer.errors;
  return { status: answer.status, code: error?.extensions.code ?? '', text: JSON.stringify(answer.errors) };
}

async function post(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: string; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const parsed = text.startsWith('{')
    ? (JSON.parse(text) as { code?: string; error?: string; errors?: { extensions: { code: string } }[] })
    : {};
  return {
    status: response.status,
    code: parsed.code ?? parsed.errors?.[0]?.extensions.code ?? parsed.error ?? '',
    text,
  };
}

async function joinToken(): Promise<string> {
  const { createJoinToken } = await world.admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation { createJoinToken(input: { server: "support-desk" }) { joinToken revision } }',
  );
  return createJoinToken.joinToken;
}

function enrol(text: string): Promise<{ status: number; code: string; text: string }> {
  const token = parseJoinToken(text);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  const payload = JSON.stringify({
    v: 1,
    joinToken: { id: token?.id, secret: token?.secret },
    publicKey: { kty, crv, x },
    boot: randomUUID(),
    capabilities: [],
  });
  return post(
    `${world.installation.run.urls.guards}/v1/enrol`,
    JSON.stringify(signText(domains.enrol, payload, privateKey)),
  );
}

const troubles: Trouble[] = [
  {
    name: 'a GraphQL input out of range',
    status: 200,
    code: 'input_invalid',
    remedy: /staleSeconds|60/,
    ask: () =>
      graphql('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
        i: { role: 'support', environment: 'prod', toolId: 'support-desk/refund', task: 'execute', staleSeconds: 61 },
      }),
  },
  {
    name: 'a constraint of no known kind',
    status: 200,
    code: 'input_invalid',
    remedy: /constraint/i,
    ask: () =>
      graphql('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
        i: {
          role: 'support',
          environment: 'prod',
          toolId: 'support-desk/refund',
          task: 'execute',
          constraints: [{ kind: 'maximum', path: 'amount', value: 1 }],
        },
      }),
  },
  {
    name: 'an agent id that is no slug',
    status: 200,
    code: 'input_invalid',
    remedy: /lower-case/,
    ask: () =>
      graphql('mutation($i: CreateAgentInput!) { createAgent(input: $i) { revision } }', {
        i: { id: 'Not A Slug', name: 'x' },
      }),
  },
  {
    name: 'an agent that exists already',
    status: 200,
    code: 'already_exists',
    remedy: /cs-prod/,
    ask: () =>
      graphql('mutation($i: CreateAgentInput!) { createAgent(input: $i) { revision } }', {
        i: { id: 'cs-prod', name: 'x' },
      }),
  },
  {
    name: 'a tool that does not exist',
    status: 200,
    code: 'not_found',
    remedy: /tool/i,
    ask: () =>
      graphql('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
        i: { role: 'support', environment: 'prod', toolId: 'support-desk/nothing', task: 'lookup' },
      }),
  },
  {
    name: 'an oversized GraphQL body',
    status: 413,
    code: 'body_too_large',
    remedy: /./,
    ask: () =>
      post(
        `${world.installation.run.urls.console}/graphql`,
        JSON.stringify({ query: `{ me { id } } #${'x'.repeat(600_000)}` }),
        {
          origin: world.installation.run.urls.console,
          cookie: world.admin.cookie,
          'x-portcullis-csrf': world.admin.csrf,
        },
      ),
  },
  {
    name: 'an oversized report',
    status: 413,
    code: 'body_too_large',
    remedy: /./,
    ask: () =>
      post(
        `${world.installation.run.urls.guards}/v1/report`,
        JSON.stringify({ payload: 'x'.repeat(3_000_000), signature: '' }),
      ),
  },
  {
    name: 'a role that the agent does not hold',
    status: 400,
    code: 'invalid_scope',
    remedy: /./,
    async ask() {
      const research = (await demoFile(world.installation)).agents['research'];
      const answer = await requestToken({
        console: world.installation.run.urls.console,
        clientId: 'research',
        clientSecret: research?.clientSecret ?? '',
        resource: world.resource,
        scope: 'role:support',
      });
      return { status: answer.status, code: String(answer.body['error']), text: JSON.stringify(answer.body) };
    },
  },
];

interface EnrolTrouble {
  readonly name: string;
  /** A join token's text that must not let a guard in. */
  token(): Promise<string>;
}

const enrolTroubles: EnrolTrouble[] = [
  {
    name: 'a join token used twice',
    async token() {
      const text = await joinToken();
      expect((await enrol(text)).status).toBe(200);
      return text;
    },
  },
  {
    name: 'a join token with a wrong secret',
    async token() {
      const [head = '', , tail = ''] = (await joinToken()).split('.');
      return `${head}.${'A'.repeat(43)}.${tail}`;
    },
  },
];

async function everything(): Promise<unknown> {
  return world.admin.get(
    '{ overview { revision agents servers } agents { id name } grants { id } killSwitches { id } servers { id guards { guard } } }',
  );
}

async function guards(): Promise<number> {
  const { server } = await world.admin.get<{ server: { guards: unknown[] } }>(
    '{ server(id: "support-desk") { guards { guard } } }',
  );
  return server.guards.length;
}

for (const trouble of troubles) {
  promise('R-INPUT-1', trouble.name, async () => {
    const before = await everything();
    const answer = await trouble.ask();
    expect([answer.status, answer.code]).toEqual([trouble.status, trouble.code]);
    expect(answer.text).toMatch(trouble.remedy);
    expect(await everything()).toEqual(before);
  });
}

for (const trouble of enrolTroubles) {
  promise('R-ENROL-1', trouble.name, async () => {
    const text = await trouble.token();
    const before = await guards();
    const answer = await enrol(text);
    expect([answer.status, answer.code]).toEqual([403, 'join_token_refused']);
    expect(answer.text).toMatch(/join token/i);
    expect(await guards()).toBe(before);
  });
}
