import { setTimeout as after } from 'node:timers/promises';
import { Admin } from '../stack/admin.js';
import { startInstallation } from '../stack/installation.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { freePorts } from '../stack/free-ports.js';
import { Child } from './child.js';
import { quantile, row, type Bench } from './row.js';

const callsPerBatch = 400;

/** B-G3: the same call on the same server, through the guard and past it, in turn. */
export const guardBench: Bench = async ({ progress, runs }) => {
  const installation = await startInstallation({ env: { PORTCULLIS_LOG_LEVEL: 'error' } });
  const { urls } = installation.run;
  const [port = 0] = await freePorts(1);
  const resource = `http://localhost:${port}/mcp`;
  const admin = new Admin(urls.console);
  await admin.claim(urls.claim);
  const mutate = (text: string, input: Record<string, unknown>): Promise<Record<string, Record<string, string>>> =>
    admin.get(text, { i: input });
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
    { server: 'bench' },
  );
  const target = new Child(new URL('./guarded-server.js', import.meta.url), {
    ...process.env,
    BENCH_PORT: String(port),
    BENCH_GUARD_URL: urls.guards,
    BENCH_STATE: `${installation.data}/bench-guard`,
    BENCH_JOIN_TOKEN: joined['createJoinToken']?.['joinToken'],
  });
  await target.next('fresh');
  const token = await tokenFor({
    console: urls.console,
    clientId: 'cs-prod',
    clientSecret: issued['issueCredential']?.['secret'] ?? '',
    resource,
  });
  const clients = {
    guarded: await connectAgent(resource, token),
    plain: await connectAgent(`http://localhost:${port}/plain`, token),
  };
  type Side = keyof typeof clients;

  async function batch(side: Side, latencies: number[]): Promise<void> {
    for (let call = 0; call < callsPerBatch / 8; call++) {
      const began = performance.now();
      const result = await callTool(clients[side], 'echo', { text: 'hello' });
      latencies.push(performance.now() - began);
      if (denialOf(result)) throw new Error(`refused: ${JSON.stringify(result)}`);
    }
  }

  async function cpuOf(side: Side): Promise<number> {
    const latencies: number[] = [];
    const before = await target.ask({ type: 'cpu' }, 'cpu');
    await batch(side, latencies);
    const now = await target.ask({ type: 'cpu' }, 'cpu');
    return (Number(now['us']) - Number(before['us'])) / latencies.length;
  }

  const p50 = { guarded: [] as number[], plain: [] as number[] };
  const cpu = [] as number[];
  for (let run = 0; run <= runs; run++) {
    const seen = { guarded: [] as number[], plain: [] as number[] };
    const spent = { guarded: [] as number[], plain: [] as number[] };
    for (let slice = 0; slice < 8; slice++) {
      const order: Side[] = slice % 2 === 0 ? ['guarded', 'plain'] : ['plain', 'guarded'];
      for (const side of order) await batch(side, seen[side]);
      for (const side of order) spent[side].push(await cpuOf(side));
    }
    progress(
      `${run === 0 ? 'warm-up' : `run ${run}`}: guarded ${quantile(seen.guarded, 0.5).toFixed(3)} ms, plain ${quantile(seen.plain, 0.5).toFixed(3)} ms`,
    );
    if (run === 0) continue;
    for (const side of ['guarded', 'plain'] as const) p50[side].push(quantile(seen[side], 0.5));
    cpu.push(quantile(spent.guarded, 0.5) - quantile(spent.plain, 0.5));
    await after(0);
  }
  await Promise.all(Object.values(clients).map((client) => client.close()));
  target.stop();
  await installation.remove();
  return {
    runs,
    rows: [
      row('B-G3', 'tools/call through the guard, p50; floor: the same call unguarded', callsPerBatch, 'ms', {
        ours: p50.guarded,
        floor: p50.plain,
        target: 1.08,
      }),
      row('B-G3-cpu', 'CPU the guard adds to a call', callsPerBatch, 'us', { ours: cpu, target: 25 }),
    ],
  };
};
