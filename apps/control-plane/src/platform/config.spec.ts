import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { StartRefusal } from './start-refusal.js';

const url = 'postgres://portcullis:very-secret@localhost:5432/portcullis';
const refusal = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof StartRefusal) return error;
  }
  throw new Error('it was taken');
};

describe('configuration', () => {
  it('has the documented defaults, needs only a database, and treats empty as not given', () => {
    expect(readConfig({ DATABASE_URL: url, PORTCULLIS_PORT: '' })).toMatchObject({
      ports: { api: 4000, guard: 4001, kill: 4002, demo: 4100 },
      host: '127.0.0.1',
      publicUrl: 'http://localhost:4000',
      guardUrl: 'http://localhost:4001',
      stopUrl: 'http://localhost:4002/stop',
      isDemo: false,
      limits: { statementTimeoutMs: 1000, idleTimeoutMs: 250, killLockTimeoutMs: 50, maxChanges: 500 },
      lease: { leaseMs: 10_000, reportEveryMs: 3000 },
    });
  });

  it('names every problem at once, with exit code 2, on one line', () => {
    const { line, exitCode } = refusal({
      PORTCULLIS_PORT: 'abc',
      PORTCULLIS_GUARD_PORT: '70000',
      PORTCULLIS_DEMO: 'maybe',
      PORTCULLIS_LOG_LEVEL: 'loud',
    });
    expect(exitCode).toBe(2);
    expect(line).toMatch(/^portcullis: config_invalid: .*; .*\n$/);
    expect(line.split('\n')).toHaveLength(2);
    for (const name of [
      'PORTCULLIS_PORT',
      'PORTCULLIS_GUARD_PORT',
      'PORTCULLIS_DEMO',
      'PORTCULLIS_LOG_LEVEL',
      'DATABASE_URL is missing',
    ])
      expect(line).toContain(name);
  });

  it.each([
    ['two listeners on one port', { PORTCULLIS_GUARD_PORT: '4000' }, 'PORTCULLIS_GUARD_PORT'],
    ['P-F1 plain HTTP off loopback', { PORTCULLIS_HOST: '0.0.0.0' }, 'PORTCULLIS_HOST'],
    ['a certificate without a key', { PORTCULLIS_TLS_CERT: '/etc/hostname' }, 'PORTCULLIS_TLS_KEY'],
    [
      'a certificate that is not there',
      { PORTCULLIS_TLS_CERT: '/nowhere/cert.pem', PORTCULLIS_TLS_KEY: '/nowhere/key.pem' },
      'PORTCULLIS_TLS_CERT',
    ],
    ['a lease shorter than two reports', { PORTCULLIS_LEASE_MS: '5000' }, 'PORTCULLIS_LEASE_MS'],
    ['a revision larger than the log takes', { PORTCULLIS_MAX_CHANGES: '501' }, 'PORTCULLIS_MAX_CHANGES'],
    ['a public address that is none', { PORTCULLIS_PUBLIC_URL: 'localhost:4000' }, 'PORTCULLIS_PUBLIC_URL'],
  ])('refuses %s', (_name, environment, variable) => {
    expect(refusal({ DATABASE_URL: url, ...environment }).line).toContain(variable);
  });

  it('P-F1 has three listeners, on loopback in plain HTTP; elsewhere only with TLS or behind a trusted proxy', () => {
    const at = (more: Record<string, string>) => readConfig({ DATABASE_URL: url, ...more });
    const { api, guard, kill } = at({}).ports;
    expect(new Set([api, guard, kill]).size).toBe(3);
    expect(at({})).toMatchObject({ host: '127.0.0.1', tls: null });
    const tls = { PORTCULLIS_TLS_CERT: '/etc/hostname', PORTCULLIS_TLS_KEY: '/etc/hostname' };
    expect(at({ PORTCULLIS_HOST: '0.0.0.0', ...tls })).toMatchObject({
      host: '0.0.0.0',
      tls: { cert: '/etc/hostname' },
    });
    expect(at({ PORTCULLIS_HOST: '0.0.0.0', PORTCULLIS_TRUSTED_PROXIES: '10.0.0.1' }).trustedProxies).toEqual([
      '10.0.0.1',
    ]);
  });

  it.each(['https://a.example', 'a.example/keys', 'me@a.example', 'a.example,', 'a example', 'a.example:99999'])(
    'refuses "%s" as internal hosts',
    (hosts) => {
      const { line } = refusal({ DATABASE_URL: url, PORTCULLIS_INTERNAL_HOSTS: hosts });
      expect(line).toContain('PORTCULLIS_INTERNAL_HOSTS must be host or host:port');
    },
  );

  it('knows which hosts may be inside', () => {
    const hosts = (text?: string) =>
      readConfig({ DATABASE_URL: url, ...(text && { PORTCULLIS_INTERNAL_HOSTS: text }) }).internalHosts;
    expect(hosts()).toEqual([]);
    expect(hosts('Keys.Internal, login.internal:8443,10.0.0.1:443,[fd00::1]:1')).toEqual([
      ...['keys.internal', 'login.internal:8443', '10.0.0.1:443', '[fd00::1]:1'],
    ]);
  });

  it('never repeats a value, which may be a secret', () => {
    const { line } = refusal({ DATABASE_URL: 'mysql://portcullis:very-secret@localhost/x' });
    expect(line).toContain('DATABASE_URL must be an address that begins with postgres://');
    expect(line).not.toContain('very-secret');
  });
});
