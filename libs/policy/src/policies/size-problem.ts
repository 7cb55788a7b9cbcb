import { policyLimits } from '@portcullis/contracts';
import { tokensOf, type Token } from './policy-tokens.js';
import { statementsOf } from './statements-of.js';

/** What is too large about a text, in words, and the token where it begins. */
export interface SizeProblem {
  readonly message: string;
  readonly at: Token | undefined;
}

/**
 * Why a text must not be handed to the parser, if so: its stack is bounded, and an overrun leaves it useless for every policy
 * that comes after. Asked wherever a text is compiled, whoever sent it.
 */
export function sizeProblem(text: string): SizeProblem | undefined {
  if (text.length > policyLimits.text)
    return { message: `a policy is at most ${policyLimits.text} characters long`, at: undefined };
  const statements = statementsOf(tokensOf(text));
  const [beyond] = statements.slice(policyLimits.statements);
  if (beyond) return { message: `a policy has at most ${policyLimits.statements} statements`, at: beyond.tokens[0] };
  for (const { tokens, depth, operators } of statements) {
    const [at] = tokens;
    if (depth > policyLimits.depth) return { message: `brackets go at most ${policyLimits.depth} deep`, at };
    if (operators > policyLimits.operators)
      return {
        message: `a statement has at most ${policyLimits.operators} operators (., [, +, -, *, &&, ||, !, if): write two`,
        at,
      };
  }
  return undefined;
}
