import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP } from 'node:net';
import { bareHost, checkedAddresses, pinnedLookup, resolveByDns, type HostRules } from './checked-host.js';
import { FetchRefusal, type FetchReason } from './fetch-refusal.js';

/** Reads JSON from an address that somebody outside gave. Throws `FetchRefusal` and nothing else. */
export type FetchPublic = (address: string) => Promise<unknown>;

export interface FetchPublicOptions extends Partial<HostRules> {
  /** Certificate authorities in place of those of Node (PEM). */
  readonly ca?: string | undefined;
}

const longestAddress = 2048;
const mostBytes = 64 * 1024;
const deadlineMs = 2000;

function publicUrl(address: string): URL {
  const url = address.length <= longestAddress && URL.canParse(address) ? new URL(address) : undefined;
  const isFine = url?.protocol === 'https:' && url.username === '' && url.password === '' && !address.includes('#');
  if (url === undefined || !isFine) throw new FetchRefusal('address_invalid');
  return url;
}

/** Codes of OpenSSL and Node for a chain, a name or a time that does not fit; whatever else fails is the network's. */
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS|HOSTNAME|CRL/;

function reasonOf(error: unknown): FetchReason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return certificateCodes.test(code) ? 'certificate_refused' : 'unreachable';
}

async function answerOf(
  url: URL,
  rules: HostRules,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const addresses = await checkedAddresses(url, rules);
  signal.throwIfAborted();
  const host = bareHost(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host, port: url.port || 443, path: `${url.pathname}${url.search}`, method: 'GET', signal },
        ...{ lookup: pinnedLookup(addresses), agent: new Agent({ keepAlive: false, maxCachedSessions: 0 }) },
        ...{ ca, rejectUnauthorized: true, minVersion: 'TLSv1.2', servername: isIP(host) ? '' : host },
        ...{ headers: { accept: 'application/json', 'accept-encoding': 'identity' }, maxHeaderSize: 16 * 1024 },
      },
      resolve,
    );
    sent.once('error', reject).end();
  });
}

function requireJson({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode >= 300 && statusCode < 400) throw new FetchRefusal('redirected');
  if (statusCode !== 200) throw new FetchRefusal('status_refused');
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (!isPlain || !/^application\/(?:[\w.-]+\+)?json$/i.test(type.trim())) throw new FetchRefusal('not_json');
  if (Number(headers['content-length'] ?? 0) > mostBytes) throw new FetchRefusal('too_large');
}

async function jsonOf(answer: IncomingMessage): Promise<unknown> {
  requireJson(answer);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new FetchRefusal('too_large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (cause) {
    throw new FetchRefusal('not_json', { cause });
  }
}

/**
 * The guard against server-side request forgery, for every address that is not configured by an operator: https only, no user
 * info, the name resolved once and every address of it public, the connection to the very address that was checked, no
 * redirects, 64 KiB, JSON, and 2 seconds for all of it.
 */
export function createFetchPublic(options: FetchPublicOptions = {}): FetchPublic {
  const { internalHosts = [], resolve = resolveByDns, ca } = options;
  return async (address) => {
    const url = publicUrl(address);
    const ended = new AbortController();
    const deadline = setTimeout(() => ended.abort(), deadlineMs);
    const late = new Promise<never>((_resolve, reject) => {
      ended.signal.addEventListener('abort', () => reject(new FetchRefusal('too_slow')), { once: true });
    });
    const read = answerOf(url, { internalHosts, resolve }, ca, ended.signal).then(jsonOf);
    try {
      return await Promise.race([read, late]);
    } catch (error) {
      throw error instanceof FetchRefusal ? error : new FetchRefusal(reasonOf(error), { cause: error });
    } finally {
      clearTimeout(deadline);
      late.catch(() => undefined);
      read.catch(() => undefined);
      ended.abort();
    }
  };
}
