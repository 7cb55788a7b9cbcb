import { expect, test } from 'vitest';
import { isInItem, pathRelation } from './path-relation.js';

test.each([
  ['amount', 'amount', 'same'],
  ['amount', 'count', 'none'],
  ['order.amount', 'order.amount', 'same'],
  ['order.amount', 'order.count', 'none'],
  ['order', 'order.amount', 'above'],
  ['order.amount', 'order', 'below'],
  ['bill', 'order.amount', 'none'],
  ['bill.amount', 'order', 'none'],
  ['order.lines.0', 'order.lines.0.price.net', 'above'],
  ['order.lines.0.price', 'order', 'below'],
  ['lines.*.price', 'lines.0.price', 'same'],
  ['lines.*.price', 'lines.17.price', 'same'],
  ['lines.*.price', 'lines.x1.price', 'none'],
  ['lines.*.price', 'lines.1x.price', 'none'],
  ['lines.*.price', 'lines.-1.price', 'none'],
  ['lines.*.price', 'lines..price', 'none'],
  ['lines.*.price', 'lines.0.count', 'none'],
  ['lines.0.price', 'lines.*.price', 'none'],
  ['lines.0.price', 'lines.1.price', 'none'],
  ['lines.*', 'lines.3', 'same'],
  ['lines.*', 'lines', 'below'],
  ['lines.*', 'lines.3.price', 'above'],
  ['*.price', '0.price', 'same'],
])('what is said of %s bears on %s as %s', (path, asked, relation) => {
  expect(pathRelation(path, asked)).toBe(relation);
});

test.each([
  ['lines', 'lines.0', true],
  ['lines', 'lines.12.price', true],
  ['lines', 'lines.*.price', true],
  ['lines', 'lines.total', false],
  ['lines', 'lines', false],
  ['lines', 'lines.1st', false],
  ['order.lines', 'order.lines.0', true],
  ['order.lines', 'order.0', false],
])('in an item of the list %s lies %s: %s', (list, asked, wanted) => {
  expect(isInItem(list, asked)).toBe(wanted);
});
