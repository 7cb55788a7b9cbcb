import { mkdtempSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes, problemCodes, type ProblemCode } from '@portcullis/contracts';
import type { PostgresProblemCode } from '@portcullis/postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../start/build.mjs';
import { readConfig } from '../start/config.mjs';
import { reasonToInstall } from '../start/install.mjs';
import { assertNode } from '../start/node-version.mjs';
import { exits } from '../start/problem.mjs';
import { settings } from '../start/settings.mjs';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-config-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Of the command line, of a host that protects its server, of the tests: named in the example, not read by `npm start`. */
const readByOthers = new Set(['PORTCULLIS_JOIN', 'PORTCULLIS_TOKEN', 'PORTCULLIS_TEST_DATABASE_URL']);

describe('configuration', () => {
  it('has a default for everything that needs one', () => {
    expect(readConfig(root, {})).toMatchObject({
      data: join(root, '.portcullis'),
      hasDemo: true,
      ports: { api: 4000, link: 4001, lane: 4002, demo: 4100 },
      databaseUrl: undefined,
      urls: {
        console: 'http://localhost:4000',
        guards: 'http://localhost:4001',
        lane: 'http://localhost:4002',
        demo: 'http://localhost:4100',
      },
      environment: {
        PORTCULLIS_KEK_FILE: join(root, '.portcullis', 'kek'),
        PORTCULLIS_PUBLIC_URL: 'http://localhost:4000',
      },
    });
  });

  it('lets the environment win over .env, and an empty variable mean not set', () => {
    put('.env', 'PORTCULLIS_PORT=5000\nPORTCULLIS_DEMO=off\nPORTCULLIS_KILL_PORT=5002\n');
    const { ports, hasDemo } = readConfig(root, { PORTCULLIS_PORT: '6000', PORTCULLIS_KILL_PORT: '' });
    expect([ports.api, ports.lane, hasDemo]).toEqual([6000, 5002, false]);
  });

  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ PORTCULLIS_PORT: '0' }, /PORTCULLIS_PORT is "0"/],
    [{ PORTCULLIS_PORT: '65536' }, /PORTCULLIS_PORT/],
    [{ PORTCULLIS_GUARD_PORT: '4000' }, /PORTCULLIS_GUARD_PORT is the same port as PORTCULLIS_PORT/],
    [{ PORTCULLIS_LOG_LEVEL: 'loud' }, /PORTCULLIS_LOG_LEVEL is "loud"/],
    [{ PORTCULLIS_PUBLIC_URL: 'http://control.example' }, /use https/],
    [{ PORTCULLIS_PUBLIC_URL: 'https://control.example/here' }, /leave only scheme, host and port/],
    [{ PORTCULLIS_TLS_CERT: '/nowhere/cert.pem' }, /cannot be read.*go together/],
    [{ PORTCULLIS_TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, /names "proxy"/],
    [{ DATABASE_URL: 'db.example/app' }, /DATABASE_URL is not an address/],
  ];
  it.each(wrong)('refuses %o', (environment, message) => {
    expect(() => readConfig(root, environment)).toThrow(message);
  });

  it('stands whole in .env.example, with the same defaults', () => {
    const lines = readFileSync(join(checkout, '.env.example'), 'utf8').split('\n');
    const named = lines.flatMap((line) => /^#([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
    const example = Object.fromEntries(
      named.flatMap((name, i) => (i % 2 === 0 ? [[name, named[i + 1]] as const] : [])),
    );
    const own = Object.keys(example).filter((name) => !readByOthers.has(name));
    expect(own.sort()).toEqual(Object.keys(settings).sort());
    for (const [name, { fallback }] of Object.entries(settings))
      if (fallback) expect([name, example[name]]).toEqual([name, fallback]);
  });
});

describe('codes of a refused start', () => {
  it('are those of the contracts', () => {
    const ofPostgres: readonly PostgresProblemCode[] = ['postgres_start_failed'];
    const known: readonly ProblemCode[] = ofPostgres;
    expect(problemCodes).toEqual(expect.arrayContaining([...known]));
    expect(exits).toMatchObject(exitCodes);
  });

  it('include one for an older Node, with the remedy', () => {
    expect(() => assertNode('20.18.3')).toThrow(/20\.19 or later; install it/);
    expect(() => assertNode('18.20.0')).toThrow();
    for (const version of ['20.19.0', '22.0.0']) expect(() => assertNode(version)).not.toThrow();
  });
});

describe('what has to be done before a start', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/left': { version }, 'node_modules/mac': { version: '1.0.0', optional: true } },
    });

  it('is an install when nothing is there, when a version differs, and not when the tree is the locked one', () => {
    put('package-lock.json', lock('1.0.0'));
    expect(reasonToInstall(root)).toBe('nothing is installed yet');
    put('node_modules/.package-lock.json', lock('1.0.0'));
    expect(reasonToInstall(root)).toContain('node_modules/left');
    put('node_modules/left/package.json', '{}');
    expect(reasonToInstall(root)).toBeUndefined();
    put('package-lock.json', lock('1.0.1'));
    expect(reasonToInstall(root)).toContain('node_modules/left');
  });

  it('is a build when a source changed, appeared or went, and not for a spec or for what a build writes', () => {
    put('libs/a/src/one.ts', 'export const one = 1;');
    const before = fingerprint(root);
    put('libs/a/dist/one.js', '');
    put('libs/a/src/one.spec.ts', '');
    put('libs/a/tsconfig.tsbuildinfo', '');
    expect(fingerprint(root)).toBe(before);
    utimesSync(join(root, 'libs/a/src/one.ts'), 1, 1);
    const touched = fingerprint(root);
    expect(touched).not.toBe(before);
    put('libs/a/src/two.ts', '');
    expect(fingerprint(root)).not.toBe(touched);
  });
});
