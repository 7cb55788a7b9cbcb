import { existsSync } from 'node:fs';
import { tokenLifeSeconds } from '@portcullis/contracts';
import { z } from 'zod';

const port = (standard: number) =>
  z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number from 0 to 65535')
    .max(65_535, 'must be a port number from 0 to 65535')
    .default(standard);

const milliseconds = (standard: number) =>
  z.coerce
    .number('must be milliseconds')
    .int('must be whole milliseconds')
    .min(1, 'must be at least 1 ms')
    .default(standard);

const address = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** `host` or `host:port` as the WHATWG URL writes them; port 443 may be said or left out. */
const internalHosts = z.string().transform((text, context) =>
  text.split(',').map((part) => {
    const written = part.trim().toLowerCase();
    const address = URL.canParse(`https://${written}`) ? new URL(`https://${written}`) : undefined;
    if (
      address === undefined ||
      ![written, written.replace(/:443$/, '')].includes(address.host) ||
      /[/?#@]/.test(written)
    )
      context.addIssue({ code: 'custom', message: 'must be host or host:port, separated by commas' });
    return written;
  }),
);

const readableFile = z.string().refine((path) => existsSync(path), { error: 'names a file that does not exist' });

/** Every variable a control-plane process reads, with its default (`.env.example` says what they are for). */
export const environmentSchema = z
  .object({
    PORTCULLIS_PORT: port(4000),
    PORTCULLIS_GUARD_PORT: port(4001),
    PORTCULLIS_KILL_PORT: port(4002),
    PORTCULLIS_DEMO_PORT: port(4100),
    PORTCULLIS_HOST: z.string().default('127.0.0.1'),
    PORTCULLIS_DATA: z.string().default('.portcullis'),
    PORTCULLIS_DEMO: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
    DATABASE_URL: address(['postgres:', 'postgresql:']),
    PORTCULLIS_LISTEN_URL: address(['postgres:', 'postgresql:']).optional(),
    PORTCULLIS_PUBLIC_URL: address(['http:', 'https:']).optional(),
    PORTCULLIS_LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be one of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
    PORTCULLIS_KEK_FILE: z.string().optional(),
    PORTCULLIS_TLS_CERT: readableFile.optional(),
    PORTCULLIS_TLS_KEY: readableFile.optional(),
    PORTCULLIS_TRUSTED_PROXIES: z.string().default(''),
    PORTCULLIS_INTERNAL_HOSTS: internalHosts.default([]),
    PORTCULLIS_STATEMENT_TIMEOUT_MS: milliseconds(1000),
    PORTCULLIS_IDLE_TIMEOUT_MS: milliseconds(250),
    PORTCULLIS_KILL_LOCK_TIMEOUT_MS: milliseconds(50),
    PORTCULLIS_MAX_CHANGES: z.coerce
      .number('must be a number')
      .int()
      .min(1)
      .max(500, 'must be at most 500')
      .default(500),
    PORTCULLIS_LEAST_TOKEN_SECONDS: z.coerce
      .number('must be seconds')
      .int('must be whole seconds')
      .min(tokenLifeSeconds.least, `must be at least ${tokenLifeSeconds.least} s`)
      .max(tokenLifeSeconds.most, `must be at most ${tokenLifeSeconds.most} s`)
      .default(tokenLifeSeconds.leastInProduction),
    PORTCULLIS_LEASE_MS: milliseconds(10_000),
    PORTCULLIS_REPORT_EVERY_MS: milliseconds(3000),
  })
  .superRefine((env, context) => {
    const problem = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    const ports = [env.PORTCULLIS_PORT, env.PORTCULLIS_GUARD_PORT, env.PORTCULLIS_KILL_PORT].filter(
      (number) => number !== 0,
    );
    if (new Set(ports).size !== ports.length) problem('PORTCULLIS_GUARD_PORT', 'must differ from the other two ports');
    if ((env.PORTCULLIS_TLS_CERT === undefined) !== (env.PORTCULLIS_TLS_KEY === undefined))
      problem('PORTCULLIS_TLS_KEY', 'and PORTCULLIS_TLS_CERT must be set together');
    const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(env.PORTCULLIS_HOST);
    if (!isLoopback && !env.PORTCULLIS_TLS_CERT && !env.PORTCULLIS_TRUSTED_PROXIES)
      problem(
        'PORTCULLIS_HOST',
        'is not loopback: set PORTCULLIS_TLS_CERT and PORTCULLIS_TLS_KEY, or PORTCULLIS_TRUSTED_PROXIES',
      );
    if (env.PORTCULLIS_REPORT_EVERY_MS * 2 > env.PORTCULLIS_LEASE_MS)
      problem('PORTCULLIS_LEASE_MS', 'must be at least twice PORTCULLIS_REPORT_EVERY_MS');
  });

export type Environment = z.infer<typeof environmentSchema>;
