import { randomUUID, generateKeyPairSync } from 'node:crypto';
import { domains, parseJoinToken } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import WebSocket from 'ws';
import type { BadInput } from '../bad-input.js';
import { demoFile, type DemoWorld } from './demo-world.js';
import { inDatabase } from './in-database.js';
import { callTool, requestToken, tokenFor } from './mcp-agent.js';
import { rawRefund } from './raw-call.js';

/** What came back: the status or close code, the code in it, and all of its text. */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

/** Makes whatever must be there first, and gives the request itself. */
type Prepare = (world: DemoWorld) => Promise<() => Promise<Answer>>;

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body,
  });
  const text = await response.text();
  const parsed = text.startsWith('{')
    ? (JSON.parse(text) as { code?: string; error?: string; errors?: { extensions: { code: string } }[] })
    : {};
  const challenge = response.headers.get('www-authenticate') ?? '';
  return {
    status: response.status,
    code: parsed.code ?? parsed.errors?.[0]?.extensions.code ?? parsed.error ?? '',
    text: `${text} ${challenge}`,
  };
}

const graphql =
  (query: string, i: Record<string, unknown>): Prepare =>
  async (world) =>
  async () => {
    const { status, errors } = await world.admin.ask(query, { i });
    return { status, code: errors[0]?.extensions.code ?? '', text: JSON.stringify(errors) };
  };

const createGrant = (change: Record<string, unknown>): Prepare =>
  graphql('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
    role: 'support',
    environment: 'prod',
    toolId: 'support-desk/refund',
    task: 'execute',
    ...change,
  });

const createAgent = (id: string): Prepare =>
  graphql('mutation($i: CreateAgentInput!) { createAgent(input: $i) { revision } }', { id, name: 'x' });

const oversizedFrame =
  (address: (world: DemoWorld) => string): Prepare =>
  async (world) =>
  () =>
    new Promise((resolve, reject) => {
      const { console: origin } = world.installation.run.urls;
      const socket = new WebSocket(address(world).replace(/^http/, 'ws'), 'graphql-transport-ws', { origin });
      socket.once('open', () => socket.send('x'.repeat(1_000_000)));
      socket.once('close', (status, reason) =>
        resolve({ status, code: status === 1009 ? 'message_too_big' : '', text: reason.toString() }),
      );
      socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
      // The server may close while the frame is still being written.
      socket.on('error', () => undefined);
    });

const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const withToken = (world: DemoWorld, token: string) => () =>
  post(world.resource, list, { authorization: `Bearer ${token}` });

const toolCall =
  (tool: string, args: Record<string, unknown>, code: string): Prepare =>
  async (world) => {
    const agent = await world.connect('cs-prod', 'role:support task:execute');
    return async () => {
      const result = await callTool(agent, tool, args);
      return { status: 200, code: result.isError === true ? code : '', text: JSON.stringify(result.content) };
    };
  };

async function secretOf(world: DemoWorld, agent: string): Promise<string> {
  return (await demoFile(world.installation)).agents[agent]?.clientSecret ?? '';
}

/** `text` is the list of constraints as it stands in the body: JSON that no value of ours could be written as. */
const createGrantRaw =
  (text: string): Prepare =>
  async ({ admin, installation }) => {
    const { console: origin } = installation.run.urls;
    const headers = { origin, cookie: admin.cookie, 'x-portcullis-csrf': admin.csrf };
    const query = 'mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }';
    const i = { role: 'support', environment: 'prod', toolId: 'support-desk/refund', task: 'execute', constraints: 0 };
    const body = JSON.stringify({ query, variables: { i } }).replace('"constraints":0', `"constraints":${text}`);
    return () => post(`${origin}/graphql`, body, headers);
  };

const onSql = (change: Record<string, unknown>): Prepare =>
  createGrant({ constraints: [{ kind: 'sql', path: 'q', statements: ['select'], tables: ['public.a'], ...change }] });

export const badRequests: Record<BadInput['request'], Prepare> = {
  'a GraphQL input out of range': createGrant({ staleSeconds: 61 }),
  'a constraint of no known kind': createGrant({ constraints: [{ kind: 'maximum', path: 'amount', value: 1 }] }),
  'a regular expression that is a bomb': createGrant({
    constraints: [{ kind: 'pattern', path: 'ticket', pattern: '((a{1,30}){1,30}){1,30}' }],
  }),
  'a limit that no number holds': createGrantRaw('[{"kind":"max","path":"amount","value":1e400}]'),
  'a constraint under __proto__': createGrantRaw('[{"__proto__":{"kind":"max","path":"amount","value":1}}]'),
  'SQL of a kind that cannot be allowed': onSql({ statements: ['select', 'copy'] }),
  'a function that runs SQL of its own': onSql({ functions: ['query_to_xml'] }),
  'an agent id that is no slug': createAgent('Not A Slug'),
  'an agent that exists already': createAgent('cs-prod'),
  'a grant for a tool that does not exist': createGrant({ toolId: 'support-desk/nothing', task: 'lookup' }),
  'an oversized GraphQL body': async ({ admin, installation }) => {
    const { console: origin } = installation.run.urls;
    const headers = { origin, cookie: admin.cookie, 'x-portcullis-csrf': admin.csrf };
    const body = JSON.stringify({ query: `{ me { id } } #${'x'.repeat(600_000)}` });
    return () => post(`${origin}/graphql`, body, headers);
  },
  'an oversized report':
    async ({ installation }) =>
    () =>
      post(
        `${installation.run.urls.guards}/v1/report`,
        JSON.stringify({ payload: 'x'.repeat(3_000_000), signature: '' }),
      ),
  'an oversized frame at the live socket': oversizedFrame((world) => `${world.installation.run.urls.console}/graphql`),
  'an oversized frame at the feed': oversizedFrame((world) => `${world.installation.run.urls.guards}/v1/feed`),
  'a role that the agent does not hold': async (world) => {
    const clientSecret = await secretOf(world, 'research');
    const { resource } = world;
    const { console } = world.installation.run.urls;
    return async () => {
      const { status, body } = await requestToken({
        console,
        clientId: 'research',
        clientSecret,
        resource,
        scope: 'role:support',
      });
      return { status, code: String(body['error']), text: JSON.stringify(body) };
    };
  },
  'a malformed token at a guarded server': async (world) => withToken(world, 'nonsense'),
  'a token for another server': async (world) => {
    const resource = 'http://localhost:9/mcp';
    await world.admin.get('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
      i: { id: 'other', name: 'Other', environment: 'prod', resource },
    });
    const clientSecret = await secretOf(world, 'cs-prod');
    const { console } = world.installation.run.urls;
    return withToken(world, await tokenFor({ console, clientId: 'cs-prod', clientSecret, resource }));
  },
  'a call of a tool that does not exist': toolCall('refumd', {}, 'unknown_tool'),
  'arguments with a number that is none': rawRefund('{"ticket":"T-1","amount":NaN}'),
  'arguments with a number too large for any': rawRefund('{"ticket":"T-1","amount":1e400}'),
  'arguments under __proto__': rawRefund('{"__proto__":{"ticket":"T-1","amount":1}}'),
  'arguments that name a parameter twice': rawRefund('{"ticket":"T-1","amount":1,"amount":5000}'),
  'arguments nested without end': rawRefund(`{"ticket":${'['.repeat(100_000)}${']'.repeat(100_000)},"amount":1}`),
  'arguments of ten megabytes': rawRefund(`{"ticket":"${'T'.repeat(10_000_000)}","amount":1}`),
  'a grant of ten megabytes': createGrantRaw(`[{"kind":"equal","path":"ticket","value":"${'T'.repeat(10_000_000)}"}]`),
  'arguments that are no UTF-8': rawRefund(
    Buffer.concat([Buffer.from('{"ticket":"'), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('","amount":1}')]),
  ),
  "arguments that break the tool's schema": toolCall('refund', { ticket: 7, amount: 10 }, 'invalid_arguments'),
};

async function joinToken(world: DemoWorld): Promise<string> {
  const { createJoinToken } = await world.admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation { createJoinToken(input: { server: "support-desk" }) { joinToken revision } }',
  );
  return createJoinToken.joinToken;
}

function enrol(world: DemoWorld, text: string): Promise<Answer> {
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
  const signed = JSON.stringify(signText(domains.enrol, payload, privateKey));
  return post(`${world.installation.run.urls.guards}/v1/enrol`, signed);
}

async function letExpire(world: DemoWorld, text: string): Promise<void> {
  const { rowCount } = await inDatabase(world, (client) =>
    client.query(`update join_token set expires_at = now() - interval '1 second' where id = $1`, [
      parseJoinToken(text)?.id,
    ]),
  );
  if (rowCount !== 1) throw new Error('no such join token');
}

export const badEnrolments: Record<BadInput['enrol'], Prepare> = {
  'a join token used twice': async (world) => {
    const text = await joinToken(world);
    const first = await enrol(world, text);
    if (first.status !== 200) throw new Error(`the first use was refused: ${first.text}`);
    return () => enrol(world, text);
  },
  'a join token that has expired': async (world) => {
    const text = await joinToken(world);
    await letExpire(world, text);
    return () => enrol(world, text);
  },
  'a join token with a wrong secret': async (world) => {
    const [head = '', , tail = ''] = (await joinToken(world)).split('.');
    return () => enrol(world, `${head}.${'A'.repeat(43)}.${tail}`);
  },
};
