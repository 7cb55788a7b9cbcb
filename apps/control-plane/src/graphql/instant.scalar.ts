import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';

function instant(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new GraphQLError('Instant is whole milliseconds since the epoch');
}

export const InstantScalar = new GraphQLScalarType<number, number>({
  name: 'Instant',
  description: 'Milliseconds since the epoch.',
  serialize: (value) => instant(value instanceof Date ? value.getTime() : value),
  parseValue: instant,
  parseLiteral: (node) => instant(valueFromASTUntyped(node)),
});
