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
import { CedarInstance, type Cedar } from './cedar-instance.js';

type DetailedError = Extract<ReturnType<Cedar['validate']>, { type: 'failure' }>['errors'][number];
type PreparsedCall = Parameters<Cedar['statefulIsAuthorized']>[0];

/** Under which names statements are prepared. A set can be written over but never taken away. */
interface Names {
  /** The name under which this content is prepared; `undefined`: it is not. */
  readonly of: (content: string) => string | undefined;
  /** A name to prepare something under. */
  readonly next: () => string;
  /** This content is prepared under that name now, and what was is no more. */
  readonly keep: (name: string, content: string) => void;
}

function everyName(): Names {
  const names = new Map<string, string>();
  return {
    of: (content) => names.get(content),
    next: () => String(names.size),
    keep: (name, content) => names.set(content, name),
  };
}

function fewNames(slots: number): Names {
  const contents: string[] = [];
  let next = 0;
  return {
    of: (content) => (contents.includes(content) ? String(contents.indexOf(content)) : undefined),
    next: () => String(next),
    keep: (name, content) => {
      contents[Number(name)] = content;
      next = (next + 1) % slots;
    },
  };
}

/** Cedar 4 (WebAssembly) for guards and for the control plane's own states: a set lives as long as the process, one per content. */
export function loadCedarEngine(): CedarEngine {
  return engineWith(everyName);
}

/** The same Cedar for texts that come and go, such as drafts: keeps the last `slots` sets, and prepares an older one again. */
export function loadDraftCedarEngine(slots = 8): CedarEngine {
  return engineWith(() => fewNames(slots));
}

/** The sets of one engine, prepared anew in each new instance. */
class PreparedSets {
  #names: Names;
  #generation: number;

  constructor(
    readonly instance: CedarInstance,
    readonly newNames: () => Names,
  ) {
    this.#names = newNames();
    this.#generation = instance.generation;
  }

  /** The name of the set, prepared by now. */
  ready(cedar: Cedar, statements: readonly string[]): string {
    if (this.#generation !== this.instance.generation) this.#names = this.newNames();
    this.#generation = this.instance.generation;
    const content = JSON.stringify(statements);
    const known = this.#names.of(content);
    if (known !== undefined) return known;
    const name = this.#names.next();
    const answer = cedar.preparsePolicySet(name, { staticPolicies: Object.fromEntries(statements.entries()) });
    if (answer.type === 'failure') throw new CedarTextError(answer.errors.map(complaint));
    this.#names.keep(name, content);
    return name;
  }
}

function engineWith(newNames: () => Names): CedarEngine {
  const instance = new CedarInstance();
  const sets = new PreparedSets(instance, newNames);
  return {
    parse: (text) => {
      guardSize(text);
      return instance.ask((cedar) => parsed(cedar, text));
    },
    prepare: (statements) => {
      for (const text of statements) guardSize(text);
      instance.ask((cedar) => sets.ready(cedar, statements));
      return (request) => answered(() => instance.ask((cedar) => asked(cedar, sets.ready(cedar, statements), request)));
    },
    validate: (text, schema) => {
      guardSize(text);
      return instance.ask((cedar) => validated(cedar, text, schema));
    },
  };
}

function guardSize(text: string): void {
  const tooLarge = sizeProblem(text);
  if (tooLarge)
    throw new CedarTextError([{ message: tooLarge.message, help: null, start: tooLarge.at?.start ?? null, end: null }]);
}

function parsed(cedar: Cedar, text: string): readonly CedarStatement[] {
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

function asked(cedar: Cedar, name: string, request: CedarRequest): CedarAnswer {
  const answer = cedar.statefulIsAuthorized({ ...request, preparsedPolicySetId: name } as unknown as PreparsedCall);
  if (answer.type !== 'success') return { failed: answer.errors.map(({ message }) => message).join('; ') };
  const { reason, errors } = answer.response.diagnostics;
  if (errors.length > 0) return { failed: errors.map(({ error }) => error.message).join('; ') };
  return { holds: reason.map(Number).sort((a, b) => a - b) };
}

/** Whatever is not a clean answer is a failure, an exception out of the engine included (protocol G1). */
function answered(ask: () => CedarAnswer): CedarAnswer {
  try {
    return ask();
  } catch (error) {
    return { failed: error instanceof Error ? error.message : 'the engine failed' };
  }
}

function validated(cedar: Cedar, text: string, schema: unknown): readonly CedarComplaint[] {
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
