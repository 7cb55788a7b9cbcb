import { feedObjectSchemas, slugSchema, type FeedValue } from '@portcullis/contracts';
import type { Engines } from '../engines.js';
import { isReservedName, pathKey, type ParameterTypes } from './cedar-arguments.js';
import type { CedarStatement } from './cedar-json.js';
import type { Asked, CompiledPolicy } from './compiled-policy.js';
import { readsOf } from './policy-reads.js';

const headSchema = feedObjectSchemas.policy.pick({ environment: true, places: true }).strip();

/**
 * Compiles a policy for deciding. One whose places can be read but whose rest cannot, whose text is no Cedar that only takes away,
 * or for which the host has no engine, is broken: it denies wherever it would be asked. `undefined`: not even that is known.
 */
export function compilePolicy(
  id: string,
  revision: number,
  authored: unknown,
  { cedar, hash }: Engines,
): CompiledPolicy | undefined {
  const head = headSchema.safeParse(authored);
  if (!head.success) return undefined;
  const base = { id, rule: `policy:${id}`, revision, name: id, ...head.data, parameters: none, hash, ...nothing };
  const parsed = feedObjectSchemas.policy.safeParse(authored);
  if (!parsed.success)
    return { ...base, broken: { reason: 'guard_outdated', detail: 'a policy this guard cannot read' } };
  const broken = (detail: string) => ({ ...base, broken: { reason: 'policy_error', detail } as const });
  if (!cedar) return broken('this guard has no engine for Cedar');
  try {
    const statements = cedar.parse(parsed.data.text);
    const problem = statements.map(statementProblem).find((found) => found !== undefined);
    if (problem !== undefined) return broken(problem);
    const asked = (chosen: readonly CedarStatement[]) => (chosen.length === 0 ? undefined : ready(chosen, cedar));
    return {
      ...base,
      name: parsed.data.name,
      parameters: byTool(parsed.data.parameters),
      forbids: asked(statements.filter((statement) => groupOf(statement) === undefined)),
      holds: asked(statements.filter((statement) => groupOf(statement) !== undefined)),
    };
  } catch (error) {
    return broken(error instanceof Error ? error.message : 'its text does not compile');
  }
}

const none: CompiledPolicy['parameters'] = new Map();
const nothing = { forbids: undefined, holds: undefined, broken: undefined };

function ready(statements: readonly CedarStatement[], cedar: NonNullable<Engines['cedar']>): Asked {
  const reads = readsOf(statements);
  if (reads.parameters.some((path) => path.some(isReservedName)))
    throw new Error('it reads a name no parameter can have');
  return {
    set: cedar.prepare(statements.map(({ text }) => text)),
    reads,
    groups: statements.map((statement) => groupOf(statement) ?? ''),
  };
}

function groupOf({ annotations }: CedarStatement): string | undefined {
  return Object.hasOwn(annotations, 'hold') ? annotations['hold'] : undefined;
}

function statementProblem({ effect, annotations }: CedarStatement): string | undefined {
  if (effect !== 'forbid') return 'a policy can only take away: it says permit';
  const unknown = Object.keys(annotations).find((name) => name !== 'hold');
  if (unknown !== undefined) return `it carries @${unknown}, which this guard does not know`;
  const { hold } = annotations;
  return hold === undefined || slugSchema.safeParse(hold).success ? undefined : '@hold names no group';
}

function byTool(parameters: FeedValue<'policy'>['parameters']): CompiledPolicy['parameters'] {
  const tools = new Map<string, Map<string, FeedValue<'policy'>['parameters'][number]['type']>>();
  for (const { tool, path, type } of parameters) {
    const types = tools.get(tool) ?? new Map();
    types.set(pathKey(path), type);
    tools.set(tool, types);
  }
  return tools satisfies ReadonlyMap<string, ParameterTypes>;
}
