import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isList, isObject, type Plain } from '../plain.js';
import { drop } from './drop.js';
import { foldedName } from './folded-name.js';
import { keep } from './keep.js';
import { pathTree } from './path-tree.js';

const keeping = (value: Plain, ...paths: string[]) => keep(value, pathTree(paths));
const dropping = (value: Plain, ...paths: string[]) => drop(value, pathTree(paths, foldedName));
const order = {
  id: 1,
  customer: { name: 'Ana', email: 'a@b.c' },
  lines: [
    { sku: 'x', price: 1 },
    { sku: 'y', price: 2 },
  ],
};

describe('fields to keep', () => {
  it.each<[string, string[], unknown]>([
    ['a name', ['id'], { id: 1 }],
    ['all below a name', ['customer'], { customer: order.customer }],
    ['a path', ['customer.name', 'id'], { id: 1, customer: { name: 'Ana' } }],
    ['a field of every item', ['lines.*.sku'], { lines: [{ sku: 'x' }, { sku: 'y' }] }],
    ['one item', ['lines.1.price'], { lines: [{ price: 2 }] }],
    [
      'one item and a field of every item',
      ['lines.1.price', 'lines.*.sku'],
      { lines: [{ sku: 'x' }, { sku: 'y', price: 2 }] },
    ],
    ['nothing for a path that leads nowhere', ['nobody.name'], {}],
    ['nothing for a name in other letters', ['ID'], {}],
    ['nothing of a list that the path takes for an object', ['lines.sku'], {}],
    ['nothing of an object that the path takes for a list', ['customer.*.name'], {}],
    ['nothing that is inherited', ['constructor', 'customer.toString'], { customer: {} }],
  ])('are %s', (_what, paths, wanted) => {
    expect(keeping(order, ...paths)).toEqual(wanted);
  });
});

describe('fields to drop', () => {
  it.each<[string, string[], unknown]>([
    ['a name', ['customer'], { id: 1, lines: order.lines }],
    ['a path', ['customer.email'], { ...order, customer: { name: 'Ana' } }],
    ['a field of every item', ['lines.*.price'], { ...order, lines: [{ sku: 'x' }, { sku: 'y' }] }],
    ['two items by their place', ['lines.0', 'lines.1'], { ...order, lines: [] }],
    ['nothing for a path that leads nowhere', ['nobody.name'], order],
    ['all of a list that the path takes for an object', ['lines.price'], { id: 1, customer: order.customer }],
    ['all of an object that the path takes for a list', ['customer.*.email'], { id: 1, lines: order.lines }],
    ['all of a value that the path goes through', ['id.secret'], { customer: order.customer, lines: order.lines }],
  ])('are %s', (_what, paths, wanted) => {
    expect(dropping(order, ...paths)).toEqual(wanted);
  });

  it.each(['EMAIL', 'Email', 'ｅmail', 'e\u200bmail', ' email'])('go as well when they are written %s', (name) => {
    expect(dropping({ [name]: 'a@b.c', id: 1 }, 'email')).toEqual({ id: 1 });
  });

  it('leave null where the path goes on: it holds nothing', () => {
    expect(dropping({ customer: null }, 'customer.email')).toEqual({ customer: null });
  });
});

const names = ['a', 'b', 'c'];
const tree: fc.Arbitrary<Plain> = fc.letrec<{ node: Plain }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.nat(),
    fc.dictionary(fc.constantFrom(...names), tie('node'), { noNullPrototype: true }),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
})).node;
const object = fc.dictionary(fc.constantFrom(...names), tree, { noNullPrototype: true });

/** Every value that is no object and no list, with the path to it. */
function leaves(value: Plain | undefined, path = ''): string[] {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap((item) => leaves(item, `${path}.*`));
  if (!isObject(value)) return [`${path}=${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}

/** A path of the data's own shape, so that it names what is there. */
function pathsOf(value: Plain, path: string[] = []): string[] {
  const below = isList(value)
    ? value.flatMap((item) => pathsOf(item, [...path, '*']))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))
      : [];
  return path.length === 0 ? below : [path.join('.'), ...below];
}

describe('keeping and dropping', () => {
  it('are duals: of data in one shape, every value is either kept or left by dropping, and none is both', () => {
    fc.assert(
      fc.property(object, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (data, picks) => {
        const all = [...new Set(pathsOf(data))];
        fc.pre(all.length > 0 && isOfOneShape(data));
        const paths = picks.map((pick) => all[pick % all.length] ?? '');
        const both = [...leaves(keeping(data, ...paths)), ...leaves(dropping(data, ...paths))];
        expect(both.sort()).toEqual(leaves(data).sort());
      }),
    );
  });

  it('change nothing when they are done again', () => {
    fc.assert(
      fc.property(
        object,
        fc.array(fc.constantFrom('a', 'a.b', 'b.*.c', 'c.*', 'a.a.*'), { minLength: 1 }),
        (data, paths) => {
          const dropped = dropping(data, ...paths);
          const kept = keeping(data, ...paths);
          expect(dropped === undefined ? undefined : dropping(dropped, ...paths)).toEqual(dropped);
          expect(kept === undefined ? undefined : keeping(kept, ...paths)).toEqual(kept);
        },
      ),
    );
  });
});

/** No list in it has items of several shapes, for which one path names different things. */
function isOfOneShape(value: Plain): boolean {
  if (isList(value)) return new Set(value.map(shapeOf)).size <= 1 && value.every(isOfOneShape);
  return !isObject(value) || Object.values(value).every(isOfOneShape);
}

function shapeOf(value: Plain): string {
  if (isList(value)) return `[${[...new Set(value.map(shapeOf))].join('|')}]`;
  if (!isObject(value)) return 'value';
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${name}:${shapeOf(value[name] ?? null)}`)
    .join()}}`;
}
