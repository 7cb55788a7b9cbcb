import type { FeedValue, PolicyParameter } from '@portcullis/contracts';
import type { CedarEngine } from '../engines.js';
import { shapeAt } from './argument-shape.js';
import { CedarTextError, type CedarComplaint, type CedarStatement } from './cedar-json.js';
import { cedarSchema } from './cedar-schema.js';
import { parameterProblems } from './parameter-problems.js';
import { placesOf } from './places-of.js';
import { toolsIn, type CataloguedTool, type PolicyCatalogue } from './policy-catalogue.js';
import { nameProblems } from './policy-names.js';
import { problemAt, spanOfBytes, type PolicyProblem } from './policy-problem.js';
import { readsOf, WholeReadError, type PolicyReads } from './policy-reads.js';
import { tokensOf, type Token } from './policy-tokens.js';
import { sizeProblem } from './size-problem.js';
import { statementProblems } from './statement-problems.js';

/** A text as it was checked: what is wrong with it, or what guards would be told of it. */
export interface CheckedPolicy {
  readonly problems: readonly PolicyProblem[];
  /** Present exactly when there are no problems. */
  readonly told: Pick<FeedValue<'policy'>, 'places' | 'parameters'> | undefined;
}

/**
 * Checks a policy as strictly as can be: it may only take away, every name in it exists, every parameter is one of the tools it
 * speaks about, nothing optional is read unasked, and it can apply at all. Never throws.
 */
export function checkPolicy(
  text: string,
  environment: string | null,
  catalogue: PolicyCatalogue,
  engine: CedarEngine,
): CheckedPolicy {
  const tooLarge = sizeProblem(text);
  if (tooLarge) return refused([problemAt(text, tooLarge.at, tooLarge.message)]);
  const tokens = tokensOf(text);
  const said = statementProblems(text, tokens);
  if (said.length > 0) return refused(said);
  const parsed = parse(text, engine);
  if ('problems' in parsed) return refused(parsed.problems);
  const places = placesOf(parsed.statements);
  const tools = toolsIn(catalogue, environment, places);
  const isReading = parsed.reads.parameters.length > 0;
  const names = nameProblems(text, tokens, catalogue, { environment, isReading });
  if (names.length === 0 && tools.length === 0)
    return refused([problemAt(text, tokens[0], 'no tool is registered here that it could speak about')]);
  const problems = [...names, ...parameterProblems(text, tokens, parsed.reads, tools)];
  if (problems.length > 0) return refused(problems);
  const checked = isReading ? tools.filter(({ fields }) => fields) : tools;
  if (checked.length === 0) return refused([problemAt(text, tokens[0], unannounced)]);
  const schema = cedarSchema(checked, parsed.reads.attributes);
  const complaints = [...checkedBy(engine, text, schema)];
  if (complaints.length > 0) return refused(complaints);
  return { problems: [], told: { places: [...places], parameters: parametersOf(tools, parsed.reads) } };
}

const unannounced =
  'the servers of the tools it speaks about have announced none of them yet, so its parameters cannot be checked';

const refused = (problems: readonly PolicyProblem[]): CheckedPolicy => ({ problems, told: undefined });

type Parsed =
  | { readonly statements: readonly CedarStatement[]; readonly reads: PolicyReads }
  | { readonly problems: readonly PolicyProblem[] };

function parse(text: string, engine: CedarEngine): Parsed {
  try {
    const statements = engine.parse(text);
    return { statements, reads: readsOf(statements) };
  } catch (error) {
    if (error instanceof CedarTextError) return { problems: error.complaints.map((one) => problemOf(text, one)) };
    const message = error instanceof Error ? error.message : 'it cannot be read';
    return { problems: [problemAt(text, wholeRead(tokensOf(text), error), message)] };
  }
}

const stepping: ReadonlySet<string | undefined> = new Set(['.', '[', 'has']);

/** Where `context`, or its arguments, stand without a name behind them. */
function wholeRead(tokens: readonly Token[], error: unknown): Token | undefined {
  if (!(error instanceof WholeReadError)) return undefined;
  return tokens.find(
    ({ text }, index) => (text === 'context' || text === 'arguments') && !stepping.has(tokens[index + 1]?.text),
  );
}

function* checkedBy(engine: CedarEngine, text: string, schema: unknown): Iterable<PolicyProblem> {
  const seen = new Set<string>();
  for (const complaint of complaintsOf(engine, text, schema)) {
    const problem = problemOf(text, complaint);
    // One complaint for every tool the text speaks about: the first says it.
    const key = `${problem.line}:${problem.column}:${problem.message.replaceAll(/Action::"[^"]*"/gu, '')}`;
    if (!seen.has(key)) yield problem;
    seen.add(key);
  }
}

function complaintsOf(engine: CedarEngine, text: string, schema: unknown): readonly CedarComplaint[] {
  try {
    return engine.validate(text, schema);
  } catch (error) {
    return [
      { message: error instanceof Error ? error.message : 'it cannot be checked', help: null, start: null, end: null },
    ];
  }
}

function problemOf(text: string, { message, help, start, end }: CedarComplaint): PolicyProblem {
  const span = start === null ? undefined : spanOfBytes(text, start, end ?? start);
  const meant = /did you mean `([^`]+)`/u.exec(help ?? '')?.[1];
  const plain = message.replace(/^for policy `[^`]*`, /u, '').replace(/^failed to parse policies from string: /u, '');
  return problemAt(text, span, plain, meant ?? hintFor(plain) ?? help);
}

function hintFor(message: string): string | null {
  if (message.includes('expected Long but saw decimal'))
    return 'compare decimals by .lessThan(decimal("100.0")), .greaterThan(…) and the like';
  return message.includes('policy is impossible') ? 'no call there can be fits it: see what it compares' : null;
}

function parametersOf(tools: readonly CataloguedTool[], { parameters }: PolicyReads): PolicyParameter[] {
  return tools.flatMap(({ id, fields = new Map() }) =>
    parameters.flatMap((path): PolicyParameter[] => {
      const shape = shapeAt(fields, path);
      if (shape?.kind === 'leaf') return [{ tool: id, path: [...path], type: shape.type }];
      return shape?.kind === 'record' ? [{ tool: id, path: [...path], type: 'record' }] : [];
    }),
  );
}
