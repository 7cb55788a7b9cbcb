import type { StopRequest } from '@portcullis/contracts';
import { fromBody } from '../parts/problem.js';
import type { Press, Way } from './engage.js';

const laneTimeoutMs = 5_000;

export interface StopTicketHeld {
  readonly ticket: string;
  readonly url: string;
  readonly expiresAt: number;
}

/** The kill lane: its own listener and process, reached with a stop ticket fetched beforehand. */
export function laneWay(held: StopTicketHeld | null): Way {
  return { name: 'kill lane', engage: (press) => postStop(held, press) };
}

async function postStop(held: StopTicketHeld | null, press: Press): Promise<number> {
  if (held === null) throw new Error('no stop ticket could be fetched');
  if (held.expiresAt <= Date.now()) throw new Error('the stop ticket has expired');
  const body = {
    scope: press.scope.replace('_', '-'),
    id: press.target,
    reason: press.reason,
    engagement: press.engagement,
  } as StopRequest;
  const answer = await fetch(stopAddress(held.url), {
    method: 'POST',
    mode: 'cors',
    credentials: 'omit',
    headers: { authorization: `Bearer ${held.ticket}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(laneTimeoutMs),
  }).catch((cause: unknown) => {
    throw new Error('no answer', { cause });
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(refusalText(text, answer.status));
  return revisionOf(text);
}

/** The lane's address as announced, with the path when only the origin was. */
export function stopAddress(url: string): string {
  const address = new URL(url);
  if (!address.pathname.endsWith('/stop')) address.pathname = '/stop';
  return address.href;
}

function refusalText(text: string, status: number): string {
  const { code, requestId } = fromBody(text, status);
  return requestId === null ? `${status} ${code}` : `${status} ${code}, request ${requestId}`;
}

// An answer that names no revision is not an acceptance, whatever its status says.
function revisionOf(text: string): number {
  const answer: unknown = JSON.parse(text);
  const revision = typeof answer === 'object' && answer !== null && 'revision' in answer ? answer.revision : undefined;
  if (typeof revision !== 'number') throw new Error('the answer names no revision');
  return revision;
}
