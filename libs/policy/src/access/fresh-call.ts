import { calmSignals, type AccessTokenClaims, type RiskSignals, type Task } from '@portcullis/contracts';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { freshToken } from '../unlock/step.js';

/** Who would call what. `user` and `conversation` are absent unless the token is for them. */
export interface Asked {
  readonly agent: string;
  readonly credential: string;
  readonly instance?: string;
  readonly role: string;
  readonly task: Task;
  readonly user?: string | undefined;
  readonly conversation?: string | undefined;
  readonly tool: string;
  readonly arguments?: unknown;
  /** The `definitionHash` of what the server says of the tool. Default: one that is accepted. */
  readonly definition?: string | undefined;
  /** What is known of its risk. Default for each: `calmSignals`. */
  readonly signals?: RiskSignals | undefined;
  /** Milliseconds of control time. */
  readonly now: number;
}

/**
 * The call as the agent would make it with a token issued now, at a guard within its lease: nothing about it is late, bound
 * elsewhere or cut off, so what is denied is denied by the state. Unless it is asked otherwise it is the first call of its minute, nothing
 * was read before it, and the scorer finds it harmless.
 */
export function freshCall(state: State, asked: Asked): Call {
  const { agent, credential, instance, role, task, user, conversation, tool, now } = asked;
  const claims: AccessTokenClaims = {
    ...{ iss: '', aud: '', sub: agent, client_id: agent, iat: 0, exp: 0, jti: '', environment: '' },
    ...{ agent, credential, instance: instance ?? agent, role, task, user, conversation },
    rev: 0 as AccessTokenClaims['rev'],
  };
  const call: Call = {
    claims,
    server: state.slice,
    tool,
    definition: asked.definition ?? anyAccepted(state, tool),
    arguments: asked.arguments,
    posture: 'fresh',
    staleSeconds: 0,
    now,
    signals: { ...calmSignals, ...asked.signals },
  };
  return { ...call, claims: { ...claims, ...freshToken(state, call).claims } };
}

function anyAccepted({ tools }: State, tool: string): string | undefined {
  const [hash] = tools.get(tool)?.definitions?.keys() ?? [];
  return hash;
}
