import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { killSwitchScopeSchema, type StopRequest } from '@portcullis/contracts';
import { z } from 'zod';
import type { Command, Options, Surroundings } from './command.js';
import { exitCodes, UsageProblem, type ExitCode } from './exit-codes.js';
import { ask, Unreachable, type Answer } from './http.js';
import { addressOf, readStopTicket } from './installation-files.js';

const attempts = 4;
const firstPauseMs = 150;
const withinMs = 3_000;

const answerSchema = z.object({ engagement: z.string(), revision: z.int() });
const problemSchema = z.object({ code: z.string(), detail: z.string().optional() });

export const kill: Command = {
  usage: 'portcullis kill SCOPE ID [--reason TEXT]   or   portcullis kill everything [--reason TEXT]',
  summary: `engage a kill switch; SCOPE is ${killSwitchScopeSchema.options.join(', ')}`,
  async run(words, options, surroundings) {
    const request = readRequest(words, options);
    const ticket = readStopTicket(surroundings);
    if (!ticket) {
      return tell(surroundings, options, {
        exit: exitCodes.refused,
        text: 'NOT STOPPED: no stop ticket; set PORTCULLIS_TOKEN, or run this where the data folder can be read (PORTCULLIS_DATA)',
        json: { stopped: false, code: 'stop_ticket_refused' },
      });
    }
    const url = new URL('/stop', options.url ?? addressOf(surroundings, 'lane'));
    try {
      return tell(surroundings, options, verdict(await post(url, request, ticket), request));
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return tell(surroundings, options, {
        exit: exitCodes.unreachable,
        text: `NOT STOPPED: the kill lane at ${url.origin} did not answer ${attempts} times (${error.message}); the request may be repeated, or use ${url.href} in a browser`,
        json: { stopped: false, code: 'unreachable', engagement: request.engagement },
      });
    }
  },
};

function readRequest(
  words: readonly string[],
  { reason = '' }: Options,
): StopRequest & { readonly engagement: string } {
  const [scopeWord, ...rest] = words;
  const scope = killSwitchScopeSchema.safeParse(scopeWord);
  // A user is known per agent: `kill user cs-prod ada@example.com`.
  const idWords = scope.data === 'user' ? 2 : 1;
  const id = rest.slice(0, idWords).join(' ');
  const more = rest.slice(idWords);
  if (!scope.success)
    throw new UsageProblem(scopeWord === undefined ? 'kill needs a scope' : `"${scopeWord}" is not a scope`);
  if (scope.data === 'everything' && words.length > 1) throw new UsageProblem('the scope everything takes no ID');
  if (scope.data !== 'everything' && id === '') throw new UsageProblem(`the scope ${scope.data} needs an ID`);
  if (more.length > 0) throw new UsageProblem(`"${more.join(' ')}" is too much; put a reason behind --reason`);
  return { scope: scope.data, id, reason, engagement: randomUUID() };
}

/** The same engagement every time: however many arrive, it is one stop. */
async function post(url: URL, request: StopRequest, ticket: string): Promise<Answer> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${ticket}` },
    body: JSON.stringify(request),
    withinMs,
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await ask(url.href, init);
      if (answer.status < 500 || attempt === attempts) return answer;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await delay(firstPauseMs * 2 ** (attempt - 1));
  }
}

interface Verdict {
  readonly exit: ExitCode;
  readonly text: string;
  readonly json: object;
}

function verdict({ status, body }: Answer, { scope, id, engagement }: StopRequest): Verdict {
  const done = answerSchema.safeParse(body);
  if (status >= 200 && status < 300 && done.success) {
    const { revision } = done.data;
    const text = `Stopped ${[scope, id].filter(Boolean).join(' ')} at revision ${revision} (engagement ${done.data.engagement}).`;
    return { exit: exitCodes.done, text, json: { stopped: true, ...done.data } };
  }
  const problem = problemSchema.safeParse(body);
  const code = problem.success ? problem.data.code : `http_${status}`;
  const detail = problem.success && problem.data.detail ? `; ${problem.data.detail}` : '';
  return { exit: exitCodes.refused, text: `NOT STOPPED: ${code}${detail}`, json: { stopped: false, code, engagement } };
}

function tell({ out, error }: Surroundings, { json }: Options, { exit, text, json: object }: Verdict): ExitCode {
  if (json) out(JSON.stringify(object));
  else (exit === exitCodes.done ? out : error)(text);
  return exit;
}
