import { Agent, request } from 'node:http';
import { proofFields } from '../soak/proof.js';
import { cpuTimeUs } from './cpu-time.js';
import type { Kind, TokenServer } from './token-world.js';

const inFlight = 16;
const agents = new Map<string, Agent>();

function keepAlive(origin: string): Agent {
  const known = agents.get(origin) ?? new Agent({ keepAlive: true, maxSockets: inFlight });
  agents.set(origin, known);
  return known;
}

export function post(
  url: URL,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', agent: keepAlive(url.origin), headers: sent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end(body);
  });
}

export interface Slice {
  /** Of the server's process, for each token. */
  readonly cpuUs: number;
  readonly perSecond: number;
}

/** `count` tokens, 16 at a time. Assertions are signed before the clock starts, so that only the server is measured. */
export async function slice({ endpoint, clients, pid }: TokenServer, kind: Kind, count: number): Promise<Slice> {
  const { id, proof } = clients[kind];
  const url = new URL(`${endpoint.issuer}/oauth/token`);
  const wanted = { grant_type: 'client_credentials', resource: endpoint.resource };
  const bodies: string[] = [];
  for (let index = 0; index < count; index++) {
    const fields = await proofFields(id, proof, endpoint.issuer);
    bodies.push(new URLSearchParams({ ...wanted, ...fields }).toString());
  }
  const before = await cpuTimeUs(pid);
  const began = performance.now();
  const work = async (): Promise<void> => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const { status, text } = await post(url, body);
      if (status !== 200) throw new Error(`no token at ${url.origin}: ${status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  const seconds = (performance.now() - began) / 1000;
  return { cpuUs: ((await cpuTimeUs(pid)) - before) / count, perSecond: count / seconds };
}
