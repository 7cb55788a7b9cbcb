import { rolesHeldBy } from '../roles-held.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { cedarArguments, type ParameterTypes } from './cedar-arguments.js';
import { cedarContext, cedarSignals } from './cedar-context.js';
import type { CedarAnswer, CedarEntity, CedarRequest } from './cedar-json.js';
import type { Asked, CompiledPolicy } from './compiled-policy.js';
import { classPrefix } from './places-of.js';
import type { PolicyReads } from './policy-reads.js';

const untyped: ParameterTypes = new Map();

/**
 * Asks some statements of a policy about a call. Only what they read is handed over: principal `Agent`, action `Action::"server/tool"`
 * in its classes, resource `Server` in its environment.
 */
export function askPolicy(state: State, call: Call, { parameters, hash }: CompiledPolicy, asked: Asked): CedarAnswer {
  const { reads, set } = asked;
  const tool = state.tools.get(call.tool);
  if (!tool) return { failed: 'the tool is not registered' };
  const context = cedarContext(state, call, reads.context);
  if (reads.context.has('signals')) context['signals'] = cedarSignals(state, call, reads.signals, hash);
  if (reads.context.has('arguments')) {
    const read = cedarArguments(call.arguments, reads.parameters, parameters.get(tool.id) ?? untyped);
    if ('unfit' in read) return { failed: read.unfit };
    context['arguments'] = read.value;
  }
  const request: Omit<CedarRequest, 'entities'> = {
    principal: { type: 'Agent', id: call.claims.agent },
    action: { type: 'Action', id: tool.id },
    resource: { type: 'Server', id: state.slice },
    context,
  };
  return set({ ...request, entities: entitiesFor(state, call, request, reads, tool.classes) });
}

function entitiesFor(
  state: State,
  { claims }: Call,
  { principal, action, resource }: Omit<CedarRequest, 'entities'>,
  { entities, roles }: PolicyReads,
  classes: readonly string[],
): readonly CedarEntity[] {
  const needed: CedarEntity[] = [];
  const environment = state.server?.environment ?? '';
  if (roles) needed.push({ uid: principal, attrs: { roles: rolesHeldBy(state, claims.agent) }, parents: [] });
  if (entities.some(({ type, id }) => type === 'Action' && id.startsWith(classPrefix)))
    needed.push({
      uid: action,
      attrs: {},
      parents: classes.map((name) => ({ type: 'Action', id: `${classPrefix}${name}` })),
    });
  if (entities.some(({ type }) => type === 'Environment'))
    needed.push({ uid: resource, attrs: {}, parents: [{ type: 'Environment', id: environment }] });
  return needed;
}
