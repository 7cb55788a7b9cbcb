import { TestAuthority } from '@portcullis/testkit';
import { describe, expect, it } from 'vitest';
import { testTlsServer } from '../testing/test-tls-server.js';
import { createFetchPublic, type FetchPublicOptions } from './fetch-public.js';
import type { FetchRefusal } from './fetch-refusal.js';

const server = testTlsServer();
const loopback = { address: '127.0.0.1', family: 4 };
const outcome = (address: string, options: FetchPublicOptions = {}) =>
  createFetchPublic({ ca: server.authority.pem, ...options })(address).catch((error: FetchRefusal) => error.reason);
const allowed = () => ({ internalHosts: [`localhost:${server.port}`] });

describe('reading from an address that somebody gave', () => {
  it('gives JSON of a host that an operator allowed by name, with or without its port', async () => {
    server.json('/keys', () => ({ keys: [] }));
    server.on('/jwk-set', (_request, response) => {
      response.setHeader('content-type', 'application/jwk-set+json; charset=utf-8').end('[1]');
    });
    expect(await outcome(`${server.origin}/keys`, allowed())).toEqual({ keys: [] });
    expect(await outcome(`${server.origin}/jwk-set`, { internalHosts: ['localhost'] })).toEqual([1]);
  });

  it.each([
    ['plain http', () => `http://localhost:${server.port}/keys`],
    ['another scheme', () => 'file:///etc/passwd'],
    ['a user', () => `https://me@localhost:${server.port}/keys`],
    ['a password', () => `https://:secret@localhost:${server.port}/keys`],
    ['a fragment', () => `${server.origin}/keys#`],
    ['no address at all', () => 'keys'],
    ['more than 2048 characters', () => `${server.origin}/${'k'.repeat(2048)}`],
  ])('refuses an address with %s', async (_what, address) => {
    expect(await outcome(address(), allowed())).toBe('address_invalid');
  });

  it.each([
    ...['127.0.0.1', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0.0.0.0', '10.1.2.3', '172.16.0.1'],
    ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '192.0.2.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[fd00::1]', '[fe80::1]', '[ff02::1]'],
    ...['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001:db8::1]', '[::127.0.0.1]', '[4000::1]'],
  ])('refuses the address %s', async (host) => {
    const asked = server.asked.length;
    expect(await outcome(`https://${host}:${server.port}/keys`)).toBe('not_public');
    expect(server.asked).toHaveLength(asked);
  });

  it('refuses a name with a private address, also one among public ones, and the name of this machine', async () => {
    const found = (addresses: string[]) => ({
      resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))),
    });
    const { port } = server;
    for (const addresses of [['127.0.0.1'], ['192.0.43.8', '10.0.0.1'], ['2620:0:2d0:200::8', '::ffff:10.0.0.1']])
      expect(await outcome(`https://keys.example:${port}/keys`, found(addresses))).toBe('not_public');
    for (const name of ['localhost', 'LOCALHOST'])
      expect(await outcome(`https://${name}:${port}/keys`)).toBe('not_public');
    expect(await outcome('https://keys.example/keys', found([]))).toBe('name_unresolved');
  });

  it('holds an allowed host to its port', async () => {
    expect(await outcome(`${server.origin}/keys`, { internalHosts: ['localhost:1'] })).toBe('not_public');
  });

  it('asks a name once and connects to the address it checked: what the name says afterwards counts for nothing', async () => {
    const answers = [[loopback], [{ address: '10.255.255.1', family: 4 }]];
    const resolve = () => Promise.resolve(answers.shift() ?? []);
    server.json('/keys', () => ({ keys: [] }));
    expect(await outcome(`${server.origin}/keys`, { ...allowed(), resolve })).toEqual({ keys: [] });
    expect(answers).toHaveLength(1);
  });

  it('never connects to a private address that a name turns to after the check', async () => {
    const answers = [[{ address: '10.255.255.1', family: 4 }], [loopback]];
    const asked = server.asked.length;
    const resolve = () => Promise.resolve(answers.shift() ?? []);
    expect(await outcome(`${server.origin}/keys`, { ...allowed(), resolve })).toMatch(/^(unreachable|too_slow)$/);
    expect([answers.length, server.asked.length]).toEqual([1, asked]);
  });

  it('follows no redirect', async () => {
    server.json('/target', () => ({ keys: [] }));
    server.on('/moved', (_request, response) => response.writeHead(302, { location: '/target' }).end());
    const asked = server.asked.length;
    expect(await outcome(`${server.origin}/moved`, allowed())).toBe('redirected');
    expect(server.asked.slice(asked)).toEqual(['/moved']);
  });

  it('refuses what is too large, announced or not', async () => {
    const text = JSON.stringify('x'.repeat(64 * 1024));
    server.on('/large', (_request, response) => response.setHeader('content-type', 'application/json').end(text));
    server.on('/endless', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => response.destroyed || (response.write(text), setImmediate(more));
      more();
    });
    expect(await outcome(`${server.origin}/large`, allowed())).toBe('too_large');
    expect(await outcome(`${server.origin}/endless`, allowed())).toBe('too_large');
  });

  it('gives up after two seconds, on an answer that never comes and on one that never ends', async () => {
    server.on(
      '/trickle',
      (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('['),
    );
    const before = performance.now();
    const outcomes = await Promise.all(['/silent', '/trickle'].map((path) => outcome(server.origin + path, allowed())));
    const never = { ...allowed(), resolve: () => new Promise<never>(() => undefined) };
    expect([...outcomes, await outcome(`${server.origin}/keys`, never)]).toEqual(['too_slow', 'too_slow', 'too_slow']);
    expect(performance.now() - before).toBeGreaterThan(3900);
  });

  it.each<[string, string, number, string, string, string?]>([
    ['an error', 'status_refused', 500, 'application/json', '{}'],
    ['no content', 'status_refused', 204, 'application/json', ''],
    ['a page', 'not_json', 200, 'text/html', '{}'],
    ['half a document', 'not_json', 200, 'application/json', '{"keys":'],
    ['bytes that are no text', 'not_json', 200, 'application/json', '\xff'],
    ['what is packed', 'not_json', 200, 'application/json', '{}', 'gzip'],
  ])('refuses %s', async (_what, reason, status, type, text, encoding = 'identity') => {
    server.on('/odd', (_request, response) => {
      response
        .writeHead(status, { 'content-type': type, 'content-encoding': encoding })
        .end(Buffer.from(text, 'latin1'));
    });
    expect(await outcome(`${server.origin}/odd`, allowed())).toBe(reason);
  });

  it('believes a certificate only by a known authority and for that name', async () => {
    server.json('/keys', () => ({ keys: [] }));
    const stranger = (await TestAuthority.create()).pem;
    expect(await outcome(`${server.origin}/keys`, { ...allowed(), ca: stranger })).toBe('certificate_refused');
    expect(await outcome(`${server.origin}/keys`, { ...allowed(), ca: undefined })).toBe('certificate_refused');
    const other = { internalHosts: ['keys.example'], resolve: () => Promise.resolve([loopback]) };
    expect(await outcome(`https://keys.example:${server.port}/keys`, other)).toBe('certificate_refused');
  });

  it('says when nobody listens', async () => {
    expect(await outcome('https://localhost:1/keys', { internalHosts: ['localhost'] })).toBe('unreachable');
  });
});
