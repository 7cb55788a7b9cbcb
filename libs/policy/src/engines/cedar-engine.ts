import type { CedarEngine } from '../engines.js';
import {
  CedarTextError,
  type CedarAnswer,
  type CedarComplaint,
  type CedarHead,
  type CedarRequest,
  type CedarStatement,
} from '../policies/cedar-json.js';
import { sizeProblem } from '../policies/size-problem.js';
import { keepWasmCallsOutOfLine } from './out-of-line-calls.js';

type Cedar = typeof import('@cedar-policy/cedar-wasm/nodejs');
type DetailedError = Extract<ReturnType<Cedar['validate']>, { type: 'failure' }>['errors'][number];
type PreparsedCall = Parameters<Cedar['statefulIsAuthorized']>[0];

/** Which preparsed set belongs to which statements. A set can be written over but never taken away. */
interface Sets {
  readonly nameFor: (content: string) => { readonly name: string; readonly isNew: boolean };
}

/** How many there have been: sets of all of them lie in one place, and would be taken for each other's under the same name. */
let engines = 0;

/** Cedar 4 (WebAssembly) for guards and for the control plane's own states: a set lives as long as the process, one per content. */
export async function loadCedarEngine(): Promise<CedarEngine> {
  const names = new Map<string, string>();
  const engine = (engines += 1);
  return engineWith(await loaded(), {
    nameFor: (content) => {
      const held = names.get(content);
      const name = held ?? `set ${names.size} of ${engine}`;
      names.set(content, name);
      return { name, isNew: held === undefined };
    },
  });
}

/** The same Cedar for texts that come and go, such as drafts: keeps the last `slots` sets, and prepares an older one again. */
export async function loadDraftCedarEngine(slots = 8): Promise<CedarEngine> {
  const contents = new Array<string | undefined>(slots);
  const engine = (engines += 1);
  let next = 0;
  return engineWith(await loaded(), {
    nameFor: (content) => {
      const held = contents.indexOf(content);
      const slot = held < 0 ? next : held;
      if (held < 0) next = (next + 1) % slots;
      contents[slot] = content;
      return { name: `draft ${slot} of ${engine}`, isNew: held < 0 };
    },
  });
}

function loaded(): Promise<Cedar> {
  keepWasmCallsOutOfLine();
  return import('@cedar-policy/cedar-wasm/nodejs');
}

function engineWith(cedar: Cedar, sets: Sets): CedarEngine {
  const ready = (statements: readonly string[]): string => {
    const { name, isNew } = sets.nameFor(JSON.stringify(statements));
    if (!isNew) return name;
    const answer = cedar.preparsePolicySet(name, { staticPolicies: Object.fromEntries(statements.entries()) });
    if (answer.type === 'failure') throw new CedarTextError(answer.errors.map(complaint));
    return name;
  };
  return {
    parse: (text) => parsed(cedar, text),
    prepare: (statements) => {
      for (const text of statements) guardSize(text);
      ready(statements);
      return (request) => asked(cedar, () => ready(statements), request);
    },
    validate: (text, schema) => validated(cedar, text, schema),
  };
}

function guardSize(text: string): void {
  const tooLarge = sizeProblem(text);
  if (tooLarge)
    throw new CedarTextError([{ message: tooLarge.message, help: null, start: tooLarge.at?.start ?? null, end: null }]);
}

function parsed(cedar: Cedar, text: string): readonly CedarStatement[] {
  guardSize(text);
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw new CedarTextError(parts.errors.map(complaint));
  if (parts.policy_templates.length > 0)
    throw new CedarTextError([{ message: 'templates cannot be used', help: null, start: null, end: null }]);
  // The parts come in the order of their names, policy0, policy1, policy10, policy2 …
  const order = parts.policies.map((_part, index) => `policy${index}`).sort();
  return parts.policies
    .map((part, index) => ({ part, place: Number(order[index]?.slice('policy'.length)) }))
    .sort((a, b) => a.place - b.place)
    .map(({ part }) => statement(cedar, part));
}

function statement(cedar: Cedar, text: string): CedarStatement {
  const answer = cedar.policyToJson(text);
  if (answer.type === 'failure') throw new CedarTextError(answer.errors.map(complaint));
  const { effect, annotations, principal, action, resource, conditions } = answer.json;
  return {
    ...{ text, effect, annotations: annotations ?? {}, conditions },
    principal: principal as CedarHead,
    action: action as CedarHead,
    resource: resource as CedarHead,
  };
}

/** Whatever is not a clean answer is a failure, an exception out of the engine included (protocol G1). */
function asked(cedar: Cedar, name: () => string, request: CedarRequest): CedarAnswer {
  try {
    const answer = cedar.statefulIsAuthorized({ ...request, preparsedPolicySetId: name() } as unknown as PreparsedCall);
    if (answer.type !== 'success') return { failed: answer.errors.map(({ message }) => message).join('; ') };
    const { reason, errors } = answer.response.diagnostics;
    if (errors.length > 0) return { failed: errors.map(({ error }) => error.message).join('; ') };
    return { holds: reason.map(Number).sort((a, b) => a - b) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : 'the engine failed' };
  }
}

function validated(cedar: Cedar, text: string, schema: unknown): readonly CedarComplaint[] {
  guardSize(text);
  const answer = cedar.validate({
    schema: schema as Parameters<Cedar['validate']>[0]['schema'],
    policies: { staticPolicies: text },
    validationSettings: { mode: 'strict' },
  });
  if (answer.type === 'failure') return answer.errors.map(complaint);
  const found = [...answer.validationErrors, ...answer.validationWarnings];
  return [...found.map(({ error }) => error), ...answer.otherWarnings].map(complaint);
}

function complaint({ message, help, sourceLocations = [] }: DetailedError): CedarComplaint {
  const [where] = sourceLocations;
  return { message, help, start: where?.start ?? null, end: where?.end ?? null };
}
