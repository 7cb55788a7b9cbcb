import { nearestName } from './nearest-name.js';
import { classPrefix } from './places-of.js';
import type { PolicyCatalogue } from './policy-catalogue.js';
import { problemAt, type PolicyProblem } from './policy-problem.js';
import type { Token } from './policy-tokens.js';

interface Named {
  readonly type: string;
  readonly id: string;
  readonly token: Token;
}

/** Entities that are written in the text: `Agent::"cs-prod"`. */
export function entitiesWritten(tokens: readonly Token[]): readonly Named[] {
  return tokens.flatMap((token, index) => {
    const type = tokens[index - 2];
    const isEntity = token.kind === 'string' && tokens[index - 1]?.text === '::' && type?.kind === 'word';
    return isEntity ? [{ type: type.text, id: token.value, token }] : [];
  });
}

/** An agent, server, environment, tool or class that does not exist here is an error: a rule about it would never speak. */
export function nameProblems(
  text: string,
  tokens: readonly Token[],
  catalogue: PolicyCatalogue,
  { environment, isReading }: NamedIn,
): readonly PolicyProblem[] {
  return entitiesWritten(tokens).flatMap(({ type, id, token }) => {
    const wrong =
      type === 'Action' ? wrongAction(id, catalogue, { environment, isReading }) : wrongName(type, id, catalogue);
    return wrong ? [problemAt(text, token, wrong.message, wrong.suggestion)] : [];
  });
}

/** Where the names stand: the policy's environment, and whether its text reads parameters. */
interface NamedIn {
  readonly environment: string | null;
  readonly isReading: boolean;
}

interface Wrong {
  readonly message: string;
  readonly suggestion: string | null;
}

function wrongName(type: string, id: string, { agents, servers, environments }: PolicyCatalogue): Wrong | undefined {
  const known = new Map([
    ['Agent', agents],
    ['Server', servers],
    ['Environment', environments],
  ]).get(type);
  if (!known || known.includes(id)) return undefined;
  return { message: `there is no ${type.toLowerCase()} ${id}`, suggestion: nearestName(id, known) };
}

function wrongAction(id: string, { tools }: PolicyCatalogue, { environment, isReading }: NamedIn): Wrong | undefined {
  const here = tools.filter((tool) => environment === null || tool.environment === environment);
  if (id.startsWith(classPrefix)) return wrongClass(id, new Set(here.flatMap(({ classes }) => classes)));
  const tool = tools.find((one) => one.id === id);
  if (!tool)
    return {
      message: `there is no tool ${id}`,
      suggestion: nearestName(
        id,
        here.map((one) => one.id),
      ),
    };
  if (environment !== null && tool.environment !== environment)
    return { message: `${id} is in ${tool.environment}, and this policy holds in ${environment}`, suggestion: null };
  return tool.fields || !isReading
    ? undefined
    : {
        message: `${tool.server} has announced nothing of ${id} yet, so its parameters cannot be checked: let its guard connect`,
        suggestion: null,
      };
}

function wrongClass(id: string, classes: ReadonlySet<string>): Wrong | undefined {
  const name = id.slice(classPrefix.length);
  if (classes.has(name)) return undefined;
  const nearest = nearestName(name, classes);
  return { message: `no tool here is of class ${name}`, suggestion: nearest && `${classPrefix}${nearest}` };
}
