import { randomUUID, type KeyObject } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { StopAnswer } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { ownOrigins } from '../authorisation/own-origins.js';
import { readStopTicket } from '../keys/stop-ticket.js';
import { engage } from '../kill-switch/engage.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';
import { sendJson, sendPage, sendProblem, statusOf } from './lane-answer.js';
import { notStoppedPage, stopForm, stoppedPage } from './stop-page.js';
import { checkedStop, isForm, readStop } from './stop-request.js';
import { WrongTickets } from './wrong-tickets.js';

export interface LaneParts {
  readonly config: Config;
  readonly log: Log;
  readonly pool: Pool;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

type Stop = (request: IncomingMessage) => Promise<StopAnswer & { readonly scope: string; readonly id: string }>;

/** Ticket first, then the form of the request, then the stop itself. */
function stopper({ config, log, pool, keys }: LaneParts): Stop {
  const wrong = new WrongTickets();
  return async (request) => {
    const address = request.socket.remoteAddress ?? '';
    const { ticket: text, fields } = await readStop(request);
    const ticket = readStopTicket(text, keys);
    if (ticket === undefined) {
      if (wrong.isOver(address, Date.now())) throw new Refusal('rate_limited', 'too many wrong tickets; wait a minute');
      wrong.add(address, Date.now());
      throw new Refusal(
        'stop_ticket_refused',
        'NOT STOPPED: this needs a stop ticket that has not ended; issue one in the console',
      );
    }
    const { scope, id, reason, engagement = randomUUID() } = checkedStop(fields);
    if (!ticket.scopes.includes(scope))
      throw new Refusal('forbidden', `this ticket does not stop a ${scope}`, { scope });
    const done = await engage(
      pool,
      { id: engagement, scope, target: id, reason, person: ticket.person },
      config.limits,
    );
    log.warn({ engagement, scope, target: id, person: ticket.person, revision: done.revision }, 'kill switch engaged');
    return { ...done, scope, id };
  };
}

/** Only the console's own origin may read answers or send the ticket's header; others get no CORS header at all. */
function allowConsole(request: IncomingMessage, response: ServerResponse, origins: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  response.setHeader('vary', 'origin');
  if (origin === undefined) return true;
  if (!origins.has(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('access-control-max-age', '600');
  return true;
}

async function answerStop(stop: Stop, request: IncomingMessage, response: ServerResponse, log: Log): Promise<void> {
  const requestId = randomUUID();
  const wantsPage = isForm(request);
  try {
    const { scope, id, engagement, revision } = await stop(request);
    if (wantsPage) return sendPage(response, 200, stoppedPage(scope, id, engagement, revision));
    sendJson(response, 200, { engagement, revision } satisfies StopAnswer);
  } catch (error) {
    if (!(error instanceof Refusal)) log.error({ err: error, requestId }, 'a stop failed');
    if (wantsPage && error instanceof Refusal)
      return sendPage(response, statusOf(error.code), notStoppedPage(error.code, error.message));
    sendProblem(response, error, requestId);
  }
}

export function laneListener(parts: LaneParts): RequestListener {
  const origins = new Set([...ownOrigins(parts.config), new URL(parts.config.stopUrl).origin]);
  const stop = stopper(parts);
  return (request, response) => {
    // Never parsed as a URL: `//` is none, and what throws here would end the process.
    const [path = '/'] = (request.url ?? '/').split('?');
    const isOwn = allowConsole(request, response, origins);
    const route = `${request.method} ${path}`;
    if (route === 'GET /health/live') return sendJson(response, 200, { status: 'ok' });
    if (route === 'GET /stop') return sendPage(response, 200, stopForm());
    if (request.method === 'OPTIONS') return void response.writeHead(isOwn ? 204 : 403).end();
    if (!isOwn)
      return void sendProblem(
        response,
        new Refusal('origin_refused', 'only the console may post from a browser'),
        randomUUID(),
      );
    if (route === 'POST /stop') return void answerStop(stop, request, response, parts.log);
    if (path === '/release') {
      return void sendProblem(
        response,
        new Refusal('release_needs_two_people', 'releasing takes two people and is not done here'),
        randomUUID(),
      );
    }
    sendProblem(
      response,
      new Refusal('not_found', 'this listener has GET and POST /stop, and GET /health/live'),
      randomUUID(),
    );
  };
}
