import { Injectable } from '@nestjs/common';
import {
  asEnforced,
  explain,
  freshCall,
  rolesHeldBy,
  unlock,
  type Call,
  type ExplainedCheck,
  type State,
} from '@portcullis/policy';
import { Pool } from 'pg';
import type { z } from 'zod';
import { constraintText } from '../grants/constraint-text.js';
import { obligationText } from '../grants/obligation-text.js';
import { Refusal } from '../platform/refusal.js';
import { RecordedUse } from '../quotas/recorded-use.js';
import { announcedDefinitions } from '../tools/definitions.queries.js';
import type { explainCallSchema } from './explain-call.input.js';
import type { CallExplanation, ExplainedCheck as ExplainedCheckModel } from './explanation.model.js';
import { HeadStates } from './head-states.js';
import { agentIn, conversationIn, credentialFor, serverIn } from './known-objects.js';
import type { StatesAtHead } from './states-at-head.js';

type Asked = z.infer<typeof explainCallSchema>;
type Defined = Asked & { readonly definition: string | undefined };

@Injectable()
export class ExplainQueries {
  constructor(
    private readonly pool: Pool,
    private readonly head: HeadStates,
  ) {}

  /** The answer of a guard of this server that holds the head, with what guards have reported of quotas. */
  async explainCall(asked: Asked): Promise<CallExplanation> {
    await this.#knownRole(asked.role);
    const states = await this.head.atHead();
    const definition = (await announcedDefinitions(this.pool)).get(asked.server)?.get(asked.tool);
    const use = new RecordedUse();
    const answer = () => explained(states, { ...asked, definition }, use.left);
    // Which quotas count is only known once the call is decided, and what would unlock it may ask about others.
    let said = answer();
    while (await use.read(this.pool)) said = answer();
    return said;
  }

  async #knownRole(role: string | undefined): Promise<void> {
    if (role === undefined) return;
    const found = await this.pool.query('select 1 from role where id = $1', [role]);
    if (found.rowCount === 0) throw new Refusal('not_found', `there is no role ${role}`, { role });
  }
}

/** Decided in one go, so that the states, which are shared, stand still meanwhile. */
function explained(states: StatesAtHead, asked: Defined, left: Call['left']): CallExplanation {
  agentIn(states.world, asked.agent);
  const { environment } = serverIn(states.world, asked.server);
  const state = states.stateOf(asked.server);
  const call = { ...callOf(states, state, asked, environment), left };
  const { decision, checks, obligations } = explain(state, call);
  const { outcome, reason, rule, detail, revision, observed } = decision;
  const { role, task, credential, user } = call.claims;
  return {
    ...{ outcome, reason, rule, detail, revision, observed, environment, role, task },
    at: new Date(states.now),
    credential: credential === '' ? null : credential,
    user: user ?? null,
    obligations: obligations.map(obligationText),
    checks: checks.map(checkModel),
    // An observation ends by itself: what has to be changed is what it takes then.
    unlock: unlock(asEnforced(state), call, {
      foresee: (edits) => asEnforced(states.foresee(asked.server, edits)),
      words: constraintText,
    }),
  };
}

function callOf({ world, now }: StatesAtHead, state: State, asked: Defined, environment: string): Call {
  const { agent, tool, task, conversation, definition, signals } = asked;
  const of = conversation === undefined ? undefined : conversationIn(world, conversation);
  return freshCall(state, {
    ...{
      agent,
      tool,
      definition,
      task,
      conversation,
      signals,
      now,
      arguments: asked.arguments,
      instance: asked.instance ?? agent,
    },
    role: asked.role ?? onlyRole(state, agent, environment),
    credential: asked.credential ?? credentialFor(world, agent, now) ?? '',
    user: asked.user ?? of?.user ?? undefined,
  });
}

/** As the token endpoint has it: without a role, the one that is held there. */
function onlyRole(state: State, agent: string, environment: string): string {
  const held = rolesHeldBy(state, agent).toSorted();
  const [only, ...more] = held;
  if (only !== undefined && more.length === 0) return only;
  const message =
    only === undefined
      ? `${agent} holds no role in ${environment}; name the role to ask about`
      : `${agent} holds ${held.join(', ')} in ${environment}; name one`;
  throw new Refusal('input_invalid', `role: ${message}`, { fields: [{ path: 'role', message }] });
}

function checkModel({ denial, grants, ...rest }: ExplainedCheck): ExplainedCheckModel {
  return { ...rest, denial: denial ?? null, grants: grants ?? null };
}
