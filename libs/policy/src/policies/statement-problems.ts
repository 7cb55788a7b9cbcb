import { slugSchema } from '@portcullis/contracts';
import { problemAt, type PolicyProblem } from './policy-problem.js';
import type { Token } from './policy-tokens.js';
import { statementsOf, type StatementTokens } from './statements-of.js';

/** What a policy of ours may not say, whatever Cedar thinks of it: `permit`, templates, annotations but `@hold("group")`. */
export function statementProblems(text: string, tokens: readonly Token[]): readonly PolicyProblem[] {
  const statements = statementsOf(tokens);
  if (statements.length === 0)
    return [problemAt(text, undefined, 'write at least one statement: forbid (principal, action, resource);')];
  const slots = tokens.flatMap((token, index) => {
    const name = tokens[index + 1];
    return token.text === '?' && name?.kind === 'word' ? [{ start: token.start, end: name.end }] : [];
  });
  return [
    ...statements.flatMap((statement) => problemsOf(text, statement)),
    ...slots.map((span) => problemAt(text, span, 'templates cannot be used: name who or what is meant')),
  ];
}

function problemsOf(text: string, { effect, annotations }: StatementTokens): readonly PolicyProblem[] {
  const isPermit = effect?.text === 'permit';
  return [
    ...annotations.flatMap(({ name, value }) => annotationProblem(text, name, value)),
    ...(isPermit
      ? [problemAt(text, effect, 'a policy can only take away; what is allowed is given by grants', 'forbid')]
      : []),
  ];
}

function annotationProblem(text: string, name: Token, value: Token | undefined): readonly PolicyProblem[] {
  if (name.text !== 'hold') return [problemAt(text, name, `there is no annotation @${name.text}`, 'hold')];
  const isGroup = value?.kind === 'string' && slugSchema.safeParse(value.value).success;
  return isGroup ? [] : [problemAt(text, value ?? name, 'name the group that has to approve', '@hold("finance")')];
}
