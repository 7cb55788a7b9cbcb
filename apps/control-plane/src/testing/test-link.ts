import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createJoinToken } from '../keys/join-token.js';
import { loadFeedSigner, type FeedSigner } from '../keys/feed-signer.js';
import { startLink, type LinkConfig } from '../link/start-link.js';
import { openLog } from '../platform/log.js';
import type { Running } from '../platform/process.js';
import { TestGuard } from './test-guard.js';
import type { TestInstall } from './test-install.js';

export function linkConfig(install: TestInstall, change: Partial<LinkConfig> = {}): LinkConfig {
  return {
    databaseUrl: install.url,
    listenUrl: install.url,
    kekFile: join(install.data, 'kek'),
    data: install.data,
    host: '127.0.0.1',
    tls: null,
    lease: { leaseMs: 10_000, reportEveryMs: 3000 },
    ports: { guard: 0 },
    ...change,
  };
}

export const silentLog = openLog('spec', 'silent');

export interface TestLink {
  readonly url: string;
  readonly signer: FeedSigner;
  joinToken(server: string, expiresInSeconds?: number): Promise<string>;
  guard(server: string): Promise<TestGuard>;
}

export function urlOf(running: Running): string {
  return `http://127.0.0.1:${String(running.ready['port'])}`;
}

/** A link in this process, on real sockets, for the whole spec file. */
export function testLink(install: TestInstall): TestLink {
  let running: Running | undefined;
  let signer: FeedSigner | undefined;
  beforeAll(async () => {
    running = await startLink(linkConfig(install), silentLog);
    signer = await loadFeedSigner(install.pool, install.kek);
  });
  afterAll(() => running?.stop());
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the link runs only while hooks and tests run');
    return part;
  };
  const joinToken = async (server: string, expiresInSeconds = 60) => {
    const client = await install.pool.connect();
    try {
      return (await createJoinToken(client, { server, createdBy: 'spec', expiresInSeconds })).joinToken;
    } finally {
      client.release();
    }
  };
  return {
    get url() {
      return urlOf(started(running));
    },
    get signer() {
      return started(signer);
    },
    joinToken,
    guard: async (server) => {
      const guard = new TestGuard(urlOf(started(running)), started(signer).publicKey);
      await guard.enrol(await joinToken(server));
      return guard;
    },
  };
}
