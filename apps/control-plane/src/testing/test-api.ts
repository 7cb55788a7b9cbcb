import { createServer, type AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { startApi, type RunningApi } from '../app/start-api.js';
import { readConfig, type Config } from '../platform/config.js';
import { TestPerson } from './test-person.js';
import { testInstall, type TestInstall } from './test-install.js';

/** The whole API process's work on a database of the spec's own, on a free port. */
export interface TestApi extends TestInstall {
  readonly config: Config;
  readonly api: RunningApi;
  /** Everything that was logged, as text. */
  readonly log: () => string;
  /** A person with a cookie jar of their own, not signed in. */
  visitor(): TestPerson;
  /** The first admin, signed in. */
  readonly admin: TestPerson;
}

export const adminSignIn = { email: 'ada@example.org', password: 'correct horse battery' } as const;

export function testApi(
  environment: Readonly<Record<string, string>> = {},
  options: { readonly isClaimed?: boolean; readonly ca?: () => string } = {},
): TestApi {
  const install = testInstall();
  const started: { config?: Config; api?: RunningApi; admin?: TestPerson } = {};
  let written = '';
  const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => ((written += chunk.toString()), done()) });
  beforeAll(async () => {
    const config = readConfig({
      DATABASE_URL: install.url,
      PORTCULLIS_PORT: String(await freePort()),
      PORTCULLIS_DATA: install.data,
      PORTCULLIS_STATEMENT_TIMEOUT_MS: '10000',
      PORTCULLIS_IDLE_TIMEOUT_MS: '2500',
      ...environment,
    });
    started.config = config;
    started.api = await startApi(config, pino({ level: 'debug', base: { process: 'api' } }, sink), options.ca?.());
    if (options.isClaimed === false) return;
    started.admin = new TestPerson(config.publicUrl);
    await started.admin.claim(started.api.ready.claimUrl ?? '', adminSignIn);
  });
  afterAll(() => started.api?.stop());
  const held = <Key extends keyof typeof started>(key: Key) => {
    const part = started[key];
    if (part === undefined) throw new Error('the test API exists only while hooks and tests run');
    return part;
  };
  return Object.create(install, {
    config: { get: () => held('config') },
    api: { get: () => held('api') },
    admin: { get: () => held('admin') },
    log: { value: () => written },
    visitor: { value: () => new TestPerson(held('config').publicUrl) },
  }) as TestApi;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
