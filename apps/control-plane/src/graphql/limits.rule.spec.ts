import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limitsRule } from './limits.rule.js';

const schema = buildSchema('type Query { node: Node } type Node { id: ID node: Node }');
const nested = (depth: number) => `${'{ node '.repeat(depth - 1)}{ id }${' }'.repeat(depth - 1)}`;
const troubles = (document: string) => validate(schema, parse(document), [limitsRule]).map((error) => error.message);

describe('the limits of a document', () => {
  it('let eight levels pass and refuse nine', () => {
    expect(troubles(nested(8))).toEqual([]);
    expect(troubles(nested(9))).toEqual(['the document asks for too much (limit: depth 8)']);
  });

  it('count a fragment where it is spread', () => {
    expect(
      troubles(
        `{ node { node { node { node { ...F } } } } } fragment F on Node { node { node { node { node { id } } } } }`,
      ),
    ).toHaveLength(1);
  });

  it('end on fragments that spread each other', () => {
    expect(troubles('{ node { ...A } } fragment A on Node { ...B } fragment B on Node { ...A }')).toEqual([]);
  });

  it('say nothing of a document that asks for a page', () => {
    expect(troubles('{ a: node { id } b: node { node { id } } }')).toEqual([]);
  });
});
