import { resolve } from 'node:path';
import type { z } from 'zod';
import { environmentSchema, type Environment } from './environment-schema.js';
import { StartRefusal } from './start-refusal.js';

export type Config = ReturnType<typeof configOf>;

/** Reads the environment once. Every problem is named in one `StartRefusal`; values are never repeated in it, as they may be secrets. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return configOf(parsed.data);
  const problems = parsed.error.issues.map((issue) => problemOf(issue, given));
  throw new StartRefusal(
    'config_invalid',
    problems.join(', '),
    'correct the environment (see .env.example)',
    'configuration',
  );
}

function problemOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = issue.path.join('.');
  return given[name] === undefined && issue.code !== 'custom' ? `${name} is missing` : `${name} ${issue.message}`;
}

function configOf(env: Environment) {
  const data = resolve(env.PORTCULLIS_DATA);
  return {
    ports: {
      api: env.PORTCULLIS_PORT,
      guard: env.PORTCULLIS_GUARD_PORT,
      kill: env.PORTCULLIS_KILL_PORT,
      demo: env.PORTCULLIS_DEMO_PORT,
    },
    host: env.PORTCULLIS_HOST,
    tls: tlsOf(env),
    trustedProxies: env.PORTCULLIS_TRUSTED_PROXIES.split(',').filter((proxy) => proxy !== ''),
    internalHosts: env.PORTCULLIS_INTERNAL_HOSTS,
    ...addressesOf(env),
    data,
    kekFile: env.PORTCULLIS_KEK_FILE ?? resolve(data, 'kek'),
    databaseUrl: env.DATABASE_URL,
    listenUrl: env.PORTCULLIS_LISTEN_URL ?? env.DATABASE_URL,
    isDemo: env.PORTCULLIS_DEMO === 'on',
    logLevel: env.PORTCULLIS_LOG_LEVEL,
    limits: {
      statementTimeoutMs: env.PORTCULLIS_STATEMENT_TIMEOUT_MS,
      idleTimeoutMs: env.PORTCULLIS_IDLE_TIMEOUT_MS,
      killLockTimeoutMs: env.PORTCULLIS_KILL_LOCK_TIMEOUT_MS,
      maxChanges: env.PORTCULLIS_MAX_CHANGES,
    },
    leastTokenSeconds: env.PORTCULLIS_LEAST_TOKEN_SECONDS,
    lease: { leaseMs: env.PORTCULLIS_LEASE_MS, reportEveryMs: env.PORTCULLIS_REPORT_EVERY_MS },
  };
}

/** `publicUrl` is also the token issuer; the other two listeners are beside it, on their own ports. */
function addressesOf(env: Environment) {
  const publicUrl = (
    env.PORTCULLIS_PUBLIC_URL ?? `${tlsOf(env) ? 'https' : 'http'}://localhost:${env.PORTCULLIS_PORT}`
  ).replace(/\/$/, '');
  const { protocol, hostname } = new URL(publicUrl);
  return {
    publicUrl,
    guardUrl: `${protocol}//${hostname}:${env.PORTCULLIS_GUARD_PORT}`,
    stopUrl: `${protocol}//${hostname}:${env.PORTCULLIS_KILL_PORT}/stop`,
  };
}

function tlsOf({ PORTCULLIS_TLS_CERT: cert, PORTCULLIS_TLS_KEY: key }: Environment) {
  return cert !== undefined && key !== undefined ? { cert, key } : null;
}
