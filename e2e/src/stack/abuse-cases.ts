import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { waitFor } from '@portcullis/testkit';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import type { Abuse } from '../abuse.js';
import { assertionOf, Prover, tokenIn, type AbuseWorld, type Answer } from './abuse-world.js';

/** Makes whatever must be there first, and gives the attempt itself. */
type Prepare = (world: AbuseWorld) => Promise<() => Promise<Answer>>;

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A good token of the agent, changed by `change`, tried at the server. */
const altered =
  (change: (token: string, world: AbuseWorld) => string | Promise<string>): Prepare =>
  async (world) => {
    const token = await change(tokenIn(world, await world.ask()), world);
    return () => world.refund(bearer(token));
  };

/** Claims written over those of a good token, under its own signature. */
const overwritten = (claims: Record<string, unknown>): Prepare =>
  altered((token) => {
    const [head, , signature] = token.split('.');
    return `${head}.${encoded({ ...decodeJwt(token), ...claims })}.${signature}`;
  });

async function publicPem({ issuer }: AbuseWorld): Promise<Uint8Array> {
  const { keys } = (await (await fetch(`${issuer}/oauth/jwks`)).json()) as { keys: object[] };
  const key = createPublicKey({ key: keys[0] as never, format: 'jwk' });
  return new TextEncoder().encode(String(key.export({ format: 'pem', type: 'spki' })));
}

const stranger = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

async function lifeOf(world: AbuseWorld, tokenLifeSeconds: number): Promise<void> {
  await world.admin.get('mutation($i: UpdateTokenSettingsInput!) { updateTokenSettings(input: $i) { revision } }', {
    i: { tokenLifeSeconds, requireDpop: false },
  });
}

/** A token bound to the prover's key, and the server's nonce. */
async function bound(world: AbuseWorld, prover: Prover): Promise<{ token: string; nonce: string }> {
  const url = `${world.issuer}/oauth/token`;
  const first = await world.ask({}, { dpop: await prover.proof(url, { nonce: '' }) });
  const nonce = first.headers.get('dpop-nonce') ?? '';
  const token = tokenIn(world, await world.ask({}, { dpop: await prover.proof(url, { nonce }) }));
  const refused = await world.refund(bearer('nonsense'));
  return { token, nonce: refused.headers.get('dpop-nonce') ?? '' };
}

const scope =
  (text: string): Prepare =>
  async (world) =>
  () =>
    world.ask({ scope: text });

const asserted =
  (make: (world: AbuseWorld) => Promise<Record<string, string>>): Prepare =>
  async (world) => {
    const fields = await make(world);
    return () => world.ask(fields);
  };

async function agentPem({ agent }: AbuseWorld): Promise<Uint8Array> {
  const key = createPublicKey(agent.key.pem);
  return new TextEncoder().encode(String(key.export({ format: 'pem', type: 'spki' })));
}

/** The same try until it is answered otherwise, and no more often than a patient guesser would. */
async function until429(attempt: () => Promise<Answer>, isSlowed: (answer: Answer) => boolean): Promise<Answer> {
  let answer = await attempt();
  for (let tries = 1; tries < 60 && !isSlowed(answer); tries++) answer = await attempt();
  return answer;
}

const atTheServer = {
  'a token for another server': async (world) => {
    const resource = 'http://localhost:9/mcp';
    await world.admin.get('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
      i: { id: 'elsewhere', name: 'Elsewhere', environment: 'prod', resource },
    });
    const token = tokenIn(world, await world.ask({ resource }));
    return () => world.refund(bearer(token));
  },
  'a token after its end': async (world) => {
    await lifeOf(world, 2);
    const token = tokenIn(world, await world.ask());
    await lifeOf(world, 300);
    const end = (decodeJwt(token).exp ?? 0) * 1000;
    await waitFor(() => Date.now() > end + 500, { what: 'the end of the token', withinMs: 5000 });
    return () => world.refund(bearer(token));
  },
  "a token signed by a stranger's key under our key id": altered((token) => {
    const { alg = '', typ = '', kid = '' } = decodeProtectedHeader(token);
    return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg, typ, kid }).sign(stranger().privateKey);
  }),
  'a token whose algorithm is none': altered((token) => {
    const header = encoded({ ...decodeProtectedHeader(token), alg: 'none' });
    return `${header}.${encoded(decodeJwt(token))}.`;
  }),
  'a token signed with our public key as a shared secret': altered(async (token, world) => {
    const { typ = '', kid = '' } = decodeProtectedHeader(token);
    const header = { alg: 'HS256', typ, kid };
    return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(await publicPem(world));
  }),
  'a token that brings its own key': altered((token) => {
    const { publicKey, privateKey } = stranger();
    const header = { alg: 'ES256', typ: 'at+jwt', jwk: publicKey.export({ format: 'jwk' }) as never };
    return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey);
  }),
  'a token with another role written into it': overwritten({ role: 'research' }),
  'a token with an act written into it': overwritten({ sub: 'portcullis:ana', user: 'ana', act: { sub: 'abused' } }),
  'a client assertion as an access token': async (world) => {
    const { client_assertion: assertion = '' } = await assertionOf(world, { aud: world.resource });
    return () => world.refund(bearer(assertion));
  },
  'a token bound to a key, shown as a bearer token': async (world) => {
    const { token } = await bound(world, new Prover());
    return () => world.refund(bearer(token));
  },
  'a token bound to a key, with a proof by another key': async (world) => {
    const { token, nonce } = await bound(world, new Prover());
    const dpop = await new Prover().proof(world.resource, { nonce, token });
    return () => world.refund({ authorization: `DPoP ${token}`, dpop });
  },
  'a DPoP proof at the server for the second time': async (world) => {
    const prover = new Prover();
    const { token, nonce } = await bound(world, prover);
    const dpop = await prover.proof(world.resource, { nonce, token });
    const headers = { authorization: `DPoP ${token}`, dpop };
    const accept = 'application/json, text/event-stream';
    const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const first = await world.send(world.resource, {
      body: list,
      headers: { 'content-type': 'application/json', accept, ...headers },
    });
    if (first.status === 401) throw new Error(`the first use was refused: ${first.text}`);
    return () => world.refund(headers);
  },
} as const satisfies Partial<Record<Abuse, Prepare>>;

const atTheTokenEndpoint = {
  'a DPoP proof at the token endpoint for the second time': async (world) => {
    const [prover, url] = [new Prover(), `${world.issuer}/oauth/token`];
    const nonce = (await world.ask({}, { dpop: await prover.proof(url, { nonce: '' }) })).headers.get('dpop-nonce');
    const dpop = await prover.proof(url, { nonce: nonce ?? '' });
    tokenIn(world, await world.ask({}, { dpop }));
    return () => world.ask({}, { dpop });
  },
  'a client assertion for the second time': async (world) => {
    const fields = await assertionOf(world);
    tokenIn(world, await world.ask(fields));
    world.secrets.add(fields['client_assertion'] ?? '');
    return () => world.ask(fields);
  },
  'a client assertion for another issuer': asserted((world) => assertionOf(world, { aud: 'https://example.com' })),
  'a client assertion whose algorithm is none': asserted(async (world) => {
    const { client_assertion: signed = '', ...rest } = await assertionOf(world);
    return { ...rest, client_assertion: `${encoded({ alg: 'none' })}.${encoded(decodeJwt(signed))}.` };
  }),
  'a client assertion signed with the public key as a shared secret': asserted(async (world) =>
    assertionOf(world, {}, await agentPem(world), 'HS256'),
  ),
  "a client assertion by another agent's key": asserted((world) => assertionOf(world, {}, world.other.key.privateKey)),
  'a role that the agent does not hold': scope('role:research task:lookup'),
  'P-F3 a user of its own choosing': scope('role:support user:ana'),
  'P-F3 a conversation that nobody opened': scope(`role:support conv:${randomUUID()}`),
  "P-F3 another agent's conversation": async (world) => {
    const id = randomUUID();
    await world.admin.get('mutation($i: OpenConversationInput!) { openConversation(input: $i) { revision } }', {
      i: { id, agent: world.other.id, tasks: ['execute'], attributes: { customerId: 'C-1' } },
    });
    return () => world.ask({ scope: `role:support task:execute conv:${id}` });
  },
  'P-F3 an actor of its own choosing': async (world) => {
    const subject = await subjectToken(world);
    return () => world.ask({ ...exchange(subject), actor_token: subject, actor_token_type: tokenWords.jwt });
  },
  'a subject token of its own making': async (world) => {
    const now = Math.floor(Date.now() / 1000);
    const said = { iss: world.issuer, aud: world.issuer, sub: 'ana', may_act: { sub: world.agent.id }, iat: now };
    const subject = await new SignJWT({ ...said, exp: now + 60 })
      .setProtectedHeader({ alg: 'ES256', typ: 'portcullis-subject+jwt' })
      .sign(world.agent.key.privateKey);
    return () => world.ask(exchange(subject));
  },
  'guesses at a client secret': async (world) => {
    const guess = (): Promise<Answer> => world.ask({ client_id: world.other.id, client_secret: `pcs_${randomUUID()}` });
    return () => until429(guess, ({ status }) => status !== 401);
  },
} as const satisfies Partial<Record<Abuse, Prepare>>;

const atTheSignIn = {
  'guesses at a password': async (world) => () => until429(() => signIn(world, 'ana@example.com'), isSlowed),
} as const satisfies Partial<Record<Abuse, Prepare>>;

export const abuseCases: Record<Abuse, Prepare> = { ...atTheServer, ...atTheTokenEndpoint, ...atTheSignIn };

function exchange(subject: string): Record<string, string> {
  return { grant_type: tokenWords.exchangeGrant, subject_token: subject, subject_token_type: tokenWords.jwt };
}

async function subjectToken(world: AbuseWorld): Promise<string> {
  const { issueSubjectToken } = await world.admin.get<{ issueSubjectToken: { subjectToken: string } }>(
    'mutation($agent: ID!) { issueSubjectToken(agent: $agent) { subjectToken revision } }',
    { agent: world.agent.id },
  );
  world.secrets.add(issueSubjectToken.subjectToken);
  return issueSubjectToken.subjectToken;
}

function isSlowed({ code }: Answer): boolean {
  return code === 'rate_limited';
}

/** A sign-in with a wrong password, by somebody who is not signed in. */
export async function signIn({ issuer, send }: AbuseWorld, email: string): Promise<Answer> {
  const query = 'mutation($i: SignInInput!) { signIn(input: $i) { csrfToken } }';
  const body = JSON.stringify({ query, variables: { i: { email, password: `wrong ${randomUUID()}` } } });
  const answer = await send(`${issuer}/graphql`, {
    body,
    headers: { 'content-type': 'application/json', origin: issuer },
  });
  const { errors } = JSON.parse(answer.text) as { errors?: { extensions: { code: string } }[] };
  return { ...answer, code: errors?.[0]?.extensions.code ?? '' };
}
