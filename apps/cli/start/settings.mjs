import { accessSync, constants } from 'node:fs';
import { isIP } from 'node:net';

/** @typedef {(value: string) => string | undefined} Check what is wrong with a value, or nothing */

/** @type {Check} */
const port = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? undefined
    : `is "${value}", not a port from 1 to 65535`;

/** @type {Check} */
const readable = (value) => {
  try {
    accessSync(value, constants.R_OK);
    return undefined;
  } catch {
    return `is "${value}", which cannot be read`;
  }
};

/** @type {Check} */
const text = (value) => (value.includes('\0') ? 'holds a zero byte' : undefined);

/** @type {(least: number, most: number, unit: string) => Check} */
const whole = (least, most, unit) => (value) => {
  const isFine = /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return isFine ? undefined : `is "${value}", not a whole number of ${unit} from ${least} to ${most}`;
};
const milliseconds = whole(1, 600_000, 'milliseconds');

/** @type {(choices: readonly string[]) => Check} */
const oneOf = (choices) => (value) =>
  choices.includes(value) ? undefined : `is "${value}", not one of ${choices.join(', ')}`;

/** @type {Check} */
const postgresUrl = (value) => {
  const isPostgres =
    URL.canParse(value) &&
    ['postgres:', 'postgresql:'].includes(new URL(value).protocol) &&
    new URL(value).hostname !== '';
  return isPostgres ? undefined : 'is not an address like postgres://user:password@host:5432/database';
};

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @type {Check} */
const publicUrl = (value) => {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
    return `is "${value}", not an http or https address`;
  const { protocol, hostname, pathname, search, hash } = new URL(value);
  if (pathname !== '/' || search || hash) return `is "${value}"; leave only scheme, host and port`;
  return protocol === 'http:' && !loopback.has(hostname)
    ? `is "${value}"; plain http is for this machine only, use https`
    : undefined;
};

/** @type {Check} */
const proxies = (value) => {
  const wrong = value.split(',').filter((part) => !isNetwork(part.trim()));
  return wrong.length === 0
    ? undefined
    : `names ${wrong.map((part) => `"${part.trim()}"`).join(', ')}, not an address or network like 10.0.0.0/8`;
};

/** @param {string} value */
function isNetwork(value) {
  const [address = '', bits, more] = value.split('/');
  const family = isIP(address);
  const isBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
  return family !== 0 && isBits && more === undefined;
}

/** @type {Check} */
const hosts = (value) => {
  const wrong = value.split(',').filter((part) => !isHost(part.trim()));
  return wrong.length === 0
    ? undefined
    : `names ${wrong.map((part) => `"${part.trim()}"`).join(', ')}, not a host like keys.internal or keys.internal:8443`;
};

/** @param {string} value */
function isHost(value) {
  if (!URL.canParse(`https://${value}`)) return false;
  const { hostname, port, href } = new URL(`https://${value}`);
  return href === `https://${hostname}${port && `:${port}`}/` && /^[a-z\d.[\]:-]+$/.test(hostname);
}

/** @type {Readonly<Record<string, {readonly fallback?: string, readonly check: Check}>>} */
export const settings = {
  PORTCULLIS_PORT: { fallback: '4000', check: port },
  PORTCULLIS_GUARD_PORT: { fallback: '4001', check: port },
  PORTCULLIS_KILL_PORT: { fallback: '4002', check: port },
  PORTCULLIS_DEMO_PORT: { fallback: '4100', check: port },
  PORTCULLIS_DATA: { fallback: '.portcullis', check: text },
  PORTCULLIS_DEMO: { fallback: 'on', check: oneOf(['on', 'off']) },
  PORTCULLIS_LOG_LEVEL: {
    fallback: 'info',
    check: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  },
  DATABASE_URL: { check: postgresUrl },
  PORTCULLIS_PUBLIC_URL: { check: publicUrl },
  PORTCULLIS_KEK_FILE: { check: text },
  PORTCULLIS_TLS_CERT: { check: readable },
  PORTCULLIS_TLS_KEY: { check: readable },
  PORTCULLIS_TRUSTED_PROXIES: { check: proxies },
  PORTCULLIS_INTERNAL_HOSTS: { check: hosts },
  PORTCULLIS_CHROMIUM: { check: readable },
  PORTCULLIS_HOST: { check: text },
  PORTCULLIS_LISTEN_URL: { check: postgresUrl },
  PORTCULLIS_LEASE_MS: { check: milliseconds },
  PORTCULLIS_REPORT_EVERY_MS: { check: milliseconds },
  PORTCULLIS_STATEMENT_TIMEOUT_MS: { check: milliseconds },
  PORTCULLIS_IDLE_TIMEOUT_MS: { check: milliseconds },
  PORTCULLIS_KILL_LOCK_TIMEOUT_MS: { check: milliseconds },
  PORTCULLIS_MAX_CHANGES: { check: whole(1, 500, 'changes') },
  PORTCULLIS_LEAST_TOKEN_SECONDS: { check: whole(2, 3600, 'seconds') },
  PORTCULLIS_DEMO_REFUND_MS: { check: whole(0, 60_000, 'milliseconds') },
};
