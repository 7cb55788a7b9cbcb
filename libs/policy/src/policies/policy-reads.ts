import type { SignalName } from '@portcullis/contracts';
import type { CedarHead, CedarStatement, CedarUid } from './cedar-json.js';
import { isRecord } from './cedar-value.js';

/** What the statements of a policy look at; nothing else of a call is handed to them. */
export interface PolicyReads {
  /** Parameters, as paths below `context.arguments`, each once. */
  readonly parameters: readonly (readonly string[])[];
  /** Attributes of the conversation's record. */
  readonly attributes: readonly string[];
  /** What stands directly below `context`. */
  readonly context: ReadonlySet<string>;
  /** Risk signals. */
  readonly signals: ReadonlySet<SignalName>;
  /** Every entity that is named. */
  readonly entities: readonly CedarUid[];
  /** Whether the roles of the agent are looked at. */
  readonly roles: boolean;
}

/** A text that looks at something as a whole which can only be looked at by its parts. The message says what to write. */
export class WholeReadError extends Error {}

type Node = Readonly<Record<string, unknown>>;
interface Step {
  readonly left: unknown;
  readonly attr: string | readonly string[];
}
interface Found {
  readonly parameters: Map<string, readonly string[]>;
  readonly attributes: Set<string>;
  readonly context: Set<string>;
  readonly signals: Set<SignalName>;
  readonly entities: CedarUid[];
  roles: boolean;
}

/** Walks the statements. Throws `WholeReadError` where `context`, its arguments or its conversation are used as a whole. */
export function readsOf(statements: readonly CedarStatement[]): PolicyReads {
  const found: Found = {
    parameters: new Map(),
    attributes: new Set(),
    context: new Set(),
    signals: new Set(),
    entities: [],
    roles: false,
  };
  for (const { principal, action, resource, conditions } of statements) {
    for (const head of [principal, action, resource]) found.entities.push(...entitiesIn(head));
    for (const condition of conditions) visit((condition as { body: unknown }).body, found);
  }
  const { parameters, attributes, ...rest } = found;
  return { ...rest, parameters: [...parameters.values()], attributes: [...attributes] };
}

/** The entities a head names. */
export function entitiesIn({ entity, entities = [], in: within }: CedarHead): readonly CedarUid[] {
  return [...(entity ? [entity] : []), ...entities, ...(within?.entity ? [within.entity] : [])];
}

function visit(node: unknown, found: Found): void {
  if (Array.isArray(node)) for (const one of node as readonly unknown[]) visit(one, found);
  if (!isRecord(node)) return;
  const path = pathOf(node);
  if (path) return note(path.root, path.names, found);
  if ('Value' in node) return noteValue(node['Value'], found);
  if ('Record' in node) return visit(Object.values(node['Record'] as Node), found);
  for (const one of Object.values(node)) visit(one, found);
}

/** `context.a.b`, `context["a"].b` and `context has a.b` alike: the variable and the names behind it. */
function pathOf(node: Node): { readonly root: string; readonly names: readonly string[] } | undefined {
  if (typeof node['Var'] === 'string') return { root: node['Var'], names: [] };
  const step = (node['.'] ?? node['has']) as Step | undefined;
  if (!isRecord(step) || !isRecord(step.left)) return undefined;
  const before = pathOf(step.left);
  return before && { ...before, names: before.names.concat(step.attr) };
}

function note(root: string, names: readonly string[], found: Found): void {
  if (root === 'principal' && names[0] === 'roles') found.roles = true;
  if (root !== 'context') return;
  const [first, second] = names;
  if (first === undefined) throw new WholeReadError('write what of the context is meant, such as context.role');
  found.context.add(first);
  if (first === 'arguments') {
    const path = names.slice(1);
    if (path.length > 0) found.parameters.set(JSON.stringify(path), path);
    else throw new WholeReadError('write which parameter is meant, such as context.arguments.amount');
  }
  // `context has conversation` is a question about the record; what follows it names an attribute.
  if (first === 'conversation' && second !== undefined) found.attributes.add(second);
  if (first === 'signals')
    for (const name of signalNames) if (second === undefined || second === name) found.signals.add(name);
}

const signalNames: readonly SignalName[] = ['recentRate', 'provenance', 'labels', 'scorer'];

function noteValue(value: unknown, found: Found): void {
  if (isRecord(value) && isRecord(value['__entity'])) found.entities.push(value['__entity'] as unknown as CedarUid);
}
