import { shapeAt } from './argument-shape.js';
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
  const known = tools.filter(({ fields }) => fields !== undefined);
  if (known.length === 0) return undefined;
  const found = known.map((tool) => ({ tool, shape: shapeAt(tool.fields ?? new Map(), path) }));
  const name = path.join('.');
  const hidden = found.find(({ shape }) => shape?.kind === 'opaque');
  if (hidden?.shape?.kind === 'opaque')
    return { message: `${name} of ${hidden.tool.id} ${hidden.shape.why}: no policy can read it`, suggestion: null };
  if (found.some(({ shape }) => shape !== undefined)) return undefined;
  const whose = known.length === 1 ? (known[0]?.id ?? '') : 'no tool in scope';
  const message = known.length === 1 ? `${whose} has no parameter ${name}` : `${whose} has a parameter ${name}`;
  return { message, suggestion: nearestName(path.at(-1) ?? '', namesBeside(path, known)) };
}

function namesBeside(path: readonly string[], tools: readonly CataloguedTool[]): Iterable<string> {
  const above = path.slice(0, -1);
  return tools.flatMap(({ fields = new Map() }) => {
    const parent = above.length === 0 ? undefined : shapeAt(fields, above);
    const beside = above.length === 0 ? fields : parent?.kind === 'record' ? parent.fields : new Map();
    return [...(beside.keys() as Iterable<string>)];
  });
}

/** The last name of the path, where it follows the one before it by `.`, `[` or `has`. */
function whereWritten(tokens: readonly Token[], path: readonly string[]): Span | undefined {
  const [parent, name] = [path.at(-2) ?? 'arguments', path.at(-1)];
  return tokens.find(
    (token, index) =>
      token.value === name &&
      ['.', '[', 'has'].includes(tokens[index - 1]?.text ?? '') &&
      tokens.slice(Math.max(0, index - 3), index - 1).some(({ value }) => value === parent),
  );
}
