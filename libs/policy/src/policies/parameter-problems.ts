import { shapeAt, type ArgumentFields } from './argument-shape.js';
import { nearestName } from './nearest-name.js';
import type { CataloguedTool } from './policy-catalogue.js';
import { problemAt, type PolicyProblem, type Span } from './policy-problem.js';
import type { PolicyReads } from './policy-reads.js';
import type { Token } from './policy-tokens.js';

/** A parameter that no tool in scope has, or that one of them has in a form no policy can read. */
export function parameterProblems(
  text: string,
  tokens: readonly Token[],
  { parameters }: PolicyReads,
  tools: readonly CataloguedTool[],
): readonly PolicyProblem[] {
  return parameters.flatMap((path) => {
    const wrong = wrongParameter(path, tools);
    return wrong ? [problemAt(text, whereWritten(tokens, path), wrong.message, wrong.suggestion)] : [];
  });
}

function wrongParameter(path: readonly string[], tools: readonly CataloguedTool[]) {
  const known = tools.flatMap(({ id, fields }) => (fields ? [{ id, fields, shape: shapeAt(fields, path) }] : []));
  const [first] = known;
  if (!first) return undefined;
  const name = path.join('.');
  for (const { id, shape } of known)
    if (shape?.kind === 'opaque')
      return { message: `${name} of ${id} ${shape.why}: no policy can read it`, suggestion: null };
  if (known.some(({ shape }) => shape !== undefined)) return undefined;
  const whose = known.length === 1 ? `${first.id} has no parameter` : 'no tool in scope has a parameter';
  const beside = known.flatMap(({ fields }) => [...namesBeside(path, fields)]);
  return { message: `${whose} ${name}`, suggestion: nearestName(path.at(-1) ?? '', beside) };
}

function namesBeside(path: readonly string[], fields: ArgumentFields): Iterable<string> {
  if (path.length === 1) return fields.keys();
  const parent = shapeAt(fields, path.slice(0, -1));
  return parent?.kind === 'record' ? parent.fields.keys() : [];
}

const before: readonly (string | undefined)[] = ['.', '[', 'has'];

/** The last name of the path, where it follows the one before it by `.`, `[` or `has`. */
function whereWritten(tokens: readonly Token[], path: readonly string[]): Span | undefined {
  const [parent, name] = [path.at(-2) ?? 'arguments', path.at(-1)];
  return tokens.find(
    (token, index) =>
      token.value === name &&
      before.includes(tokens[index - 1]?.text) &&
      [index - 2, index - 3].some((at) => tokens[at]?.value === parent),
  );
}
