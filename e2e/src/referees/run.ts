import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Admin } from '../stack/admin.js';
import { freePorts } from '../stack/free-ports.js';
import { startInstallation } from '../stack/installation.js';
import { directEndpoint, type Endpoint } from './endpoints.js';
import { guardedEndpoint } from './guarded-fixture.js';
import { expectedFailuresFile, installReferees } from './referees.js';
import { listed, runSuite, type Suite } from './suites.js';
import { judge, parseExpectedFailures, type ExpectedFailures, type ScenarioResult } from './verdict.js';

const revision = '2025-11-25';

async function authorizationSuite(issuer: string, resource: string): Promise<Suite> {
  const [port = 0] = await freePorts(1);
  const client = ['--client-id', 'suite', '--resource', resource, '--port', String(port)];
  return {
    name: 'authorization',
    command: ['authorization', '--url', issuer, ...client],
    scenarios: await listed('Authorization server'),
  };
}

async function serverSuite(name: string, url: string): Promise<Suite> {
  const command = ['server', '--url', url, '--requirements', revision];
  return { name, command, scenarios: await listed('Server', revision) };
}

/** Only what agents use: how the clients of our scenarios sign in, and DPoP. */
function clientSuite(scenario: string, file = './suite-client.js'): Suite {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const command = ['client', '--command', `${process.execPath} ${program}`, '--scenario', scenario];
  return { name: 'client', command, scenarios: [scenario] };
}

async function runAll(): Promise<ScenarioResult[]> {
  const installation = await startInstallation({ env: { PORTCULLIS_DEMO: 'off' } });
  const open: Endpoint[] = [];
  try {
    const admin = new Admin(installation.run.urls.console);
    await admin.claim(installation.run.urls.claim);
    const guarded = await guardedEndpoint(installation, admin);
    open.push(guarded);
    const [port = 0] = await freePorts(1);
    const direct = await directEndpoint(port);
    open.push(direct);
    const suites = [
      await authorizationSuite(installation.run.urls.console, guarded.url),
      clientSuite('auth/client-credentials-basic'),
      clientSuite('auth/client-credentials-jwt'),
      clientSuite('auth/dpop', './suite-dpop-client.js'),
      clientSuite('auth/dpop-nonce', './suite-dpop-client.js'),
      await serverSuite('server-unguarded', direct.url),
      await serverSuite('server-guarded', guarded.url),
    ];
    const results: ScenarioResult[] = [];
    for (const suite of suites) results.push(...(await runSuite(suite)));
    return results;
  } finally {
    await Promise.allSettled(open.map((endpoint) => endpoint.close()));
    await installation.remove();
  }
}

function lines({ name, failed, warnings }: ScenarioResult, expected: ExpectedFailures): string {
  const warned = warnings === 0 ? '' : ` (${warnings} warnings)`;
  if (failed.length === 0) return `pass  ${name}${warned}`;
  const reason = expected[name]?.reason;
  return [
    `${reason === undefined ? 'FAIL ' : 'known'} ${name}${warned}`,
    ...(reason === undefined ? [] : [`      because ${reason}`]),
    ...failed.map(({ check, message }) => `      ${check}: ${message}`),
  ].join('\n');
}

async function main(): Promise<void> {
  await installReferees();
  const expected = parseExpectedFailures(await readFile(expectedFailuresFile, 'utf8'));
  const results = await runAll();
  const { passed, failedAsExpected, problems } = judge(results, expected);
  for (const result of results) process.stdout.write(`${lines(result, expected)}\n`);
  for (const problem of problems) process.stdout.write(`problem: ${problem}\n`);
  const counts = [`${passed.length} passed`, `${failedAsExpected.length} failed as expected`];
  process.stdout.write(`${[...counts, `${problems.length} problems`].join(', ')}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

await main();
