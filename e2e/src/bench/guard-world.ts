import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { Admin } from '../stack/admin.js';
import { freePorts } from '../stack/free-ports.js';
import { startInstallation, type Installation } from '../stack/installation.js';
import { connectAgent, tokenFor } from '../stack/mcp-agent.js';
import { Child } from './child.js';

export type Side = 'guarded' | 'plain';

/** One server process with the same tool behind a guard and past it, and a real client for each. */
export interface GuardWorld {
  readonly clients: Readonly<Record<Side, Client>>;
  readonly target: Child;
  close(): Promise<void>;
}

type Mutate = (text: string, input: Record<string, unknown>) => Promise<Record<string, Record<string, string>>>;

async function registerBench(mutate: Mutate, resource: string): Promise<{ secret: string; joinToken: string }> {
  await mutate('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
    id: 'bench',
    name: 'Bench',
    environment: 'prod',
    resource,
  });
  await mutate('mutation($i: RegisterToolInput!) { registerTool(input: $i) { revision } }', {
    server: 'bench',
    name: 'echo',
    classes: ['read'],
  });
  await mutate('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
    role: 'support',
    environment: 'prod',
    toolId: 'bench/echo',
    task: 'lookup',
  });
  const issued = await mutate(
    'mutation($i: IssueCredentialInput!) { issueCredential(input: $i) { secret revision } }',
    { agent: 'cs-prod' },
  );
  const joined = await mutate(
    'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken revision } }',
    {
      server: 'bench',
    },
  );
  return {
    secret: issued['issueCredential']?.['secret'] ?? '',
    joinToken: joined['createJoinToken']?.['joinToken'] ?? '',
  };
}

async function startTarget(installation: Installation, port: number, joinToken: string): Promise<Child> {
  const target = new Child(new URL('./guarded-server.js', import.meta.url), {
    ...process.env,
    BENCH_PORT: String(port),
    BENCH_GUARD_URL: installation.run.urls.guards,
    BENCH_STATE: `${installation.data}/bench-guard`,
    BENCH_JOIN_TOKEN: joinToken,
  });
  await target.next('fresh');
  return target;
}

export async function guardWorld(): Promise<GuardWorld> {
  const installation = await startInstallation({ env: { PORTCULLIS_LOG_LEVEL: 'error' } });
  const { urls } = installation.run;
  const [port = 0] = await freePorts(1);
  const resource = `http://localhost:${port}/mcp`;
  const admin = new Admin(urls.console);
  await admin.claim(urls.claim);
  const { secret, joinToken } = await registerBench((text, input) => admin.get(text, { i: input }), resource);
  const target = await startTarget(installation, port, joinToken);
  const token = await tokenFor({ console: urls.console, clientId: 'cs-prod', clientSecret: secret, resource });
  const clients = {
    guarded: await connectAgent(resource, token),
    plain: await connectAgent(`http://localhost:${port}/plain`, token),
  };
  return {
    clients,
    target,
    async close() {
      await Promise.all(Object.values(clients).map((client) => client.close()));
      target.stop();
      await installation.remove();
    },
  };
}
