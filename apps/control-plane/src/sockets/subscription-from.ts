import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { SocketContext } from '../authorisation/request-context.js';
import { limitsRule, mostTokens } from '../graphql/limits.rule.js';

const refused = (message: string) => [new GraphQLError(message, { extensions: { code: 'input_invalid' } })];

/** What a socket may run: one subscription within the limits. Queries and mutations go over HTTP, where CSRF is checked. */
export function subscriptionFrom(
  schema: GraphQLSchema,
  payload: SubscribePayload,
  seat: SocketContext,
): ExecutionArgs | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(payload.query, { maxTokens: mostTokens });
  } catch (error) {
    return refused(error instanceof GraphQLError ? error.message : 'the document cannot be read');
  }
  const [first] = validate(schema, document, [...specifiedRules, limitsRule], { maxErrors: 5 });
  if (first) return refused(first.message.replace(/ Did you mean .*$/, ''));
  if (getOperationAST(document, payload.operationName)?.operation !== 'subscription')
    return refused('send subscriptions here, the rest by POST');
  return {
    schema,
    document,
    operationName: payload.operationName ?? null,
    variableValues: payload.variables ?? {},
    contextValue: seat,
  };
}
