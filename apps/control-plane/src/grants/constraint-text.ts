import { constraintSchema, type Constraint, type ItemConstraint } from '@portcullis/contracts';
import { hostsText, listText, provenanceText, sizeText } from './constraint-words.js';
import { sqlText } from './sql-text.js';

/** A constraint in words. One of a later version is shown as it stands. */
export function constraintText(stored: unknown): string {
  const parsed = constraintSchema.safeParse(stored);
  if (!parsed.success) return JSON.stringify(stored);
  if (parsed.data.kind === 'schema') return "arguments as the tool's own schema says";
  return parsed.data.kind === 'items' ? itemsText(parsed.data) : leafText(parsed.data);
}

function leafText(constraint: ItemConstraint): string {
  return `${constraint.path.includes('*') ? 'every ' : ''}${constraint.path} ${predicate(constraint)}`;
}

function itemsText({ path, min, max, each = [] }: Extract<Constraint, { kind: 'items' }>): string {
  const size = min === undefined && max === undefined ? [] : [`with ${sizeText(min, max, 'item')}`];
  const limits = each.map((one) => (one.path === '.' ? predicate(one) : leafText(one)));
  const items = limits.length === 0 ? [] : [`each item: ${limits.join(', ')}`];
  return `${path} a list ${[...size, ...items].join('; ')}`;
}

/** What a value must be, to be read after its path. */
function predicate(constraint: ItemConstraint): string {
  switch (constraint.kind) {
    case 'min':
      return `at least ${constraint.value}`;
    case 'max':
      return `at most ${constraint.value}`;
    case 'length':
      return `of ${sizeText(constraint.min, constraint.max, 'character')}`;
    case 'one-of':
      return `one of ${listText(constraint.values.map((value) => JSON.stringify(value)))}`;
    case 'equal':
      return `exactly ${JSON.stringify(constraint.value)}`;
    case 'equal-claim':
      return `equal to ${claimText(constraint.claim)}`;
    case 'prefix':
      return `beginning with ${JSON.stringify(constraint.prefix)}`;
    case 'glob':
      return `fitting ${constraint.glob}`;
    case 'pattern':
      return `matching ${constraint.pattern} as a whole`;
    case 'hosts':
      return hostsText(constraint.hosts, constraint.schemes);
    case 'cidr':
      return `within ${listText(constraint.networks)}`;
    case 'forbidden':
      return 'not given';
    case 'provenance':
      return provenanceText(constraint);
    case 'sql':
      return sqlText(constraint);
  }
}

function claimText(claim: string): string {
  const [source, name] = claim.split('.');
  return name === undefined ? `the token's ${source}` : `the conversation's ${name}`;
}
