import type { Constraint } from '@portcullis/contracts';
import { cedarText, cedarValue } from './cedar-value.fixture.js';

type Claim = Extract<Constraint, { kind: 'equal-claim' }>['claim'];

/** A constraint as a condition in Cedar; an error in it, such as a comparison of a text with a number, fails it. */
export function cedarConstraint(constraint: Constraint): string {
  if (!('path' in constraint)) throw new Error(`Cedar cannot express ${constraint.kind}`);
  const { isGiven, value } = placeOf(constraint.path);
  switch (constraint.kind) {
    case 'min':
      return `${isGiven} && ${value}.greaterThanOrEqual(${cedarValue(constraint.value)})`;
    case 'max':
      return `${isGiven} && ${value}.lessThanOrEqual(${cedarValue(constraint.value)})`;
    case 'one-of':
      return `${isGiven} && [${constraint.values.map(cedarValue).join(', ')}].contains(${value})`;
    case 'equal':
      return `${isGiven} && ${value} == ${cedarValue(constraint.value)}`;
    case 'equal-claim':
      return `${isGiven} && ${claimOf(constraint.claim, value)}`;
    case 'prefix':
      return `${isGiven} && ${value} like ${cedarText(constraint.prefix).replaceAll('*', '\\*').replace(/"$/, '*"')}`;
    case 'cidr':
      return `${isGiven} && (${constraint.networks.map((one) => `ip(${value}).isInRange(ip(${cedarText(one)}))`).join(' || ')})`;
    case 'forbidden':
      return `!(${isGiven})`;
    default:
      throw new Error(`Cedar cannot express ${constraint.kind}`);
  }
}

function placeOf(path: string): { readonly isGiven: string; readonly value: string } {
  const steps = path.split('.');
  const at = (depth: number) => ['context.arguments', ...steps.slice(0, depth)].join('.');
  const isGiven = steps.map((step, depth) => `${at(depth)} has ${step}`).join(' && ');
  return { isGiven, value: at(steps.length) };
}

function claimOf(claim: Claim, value: string): string {
  const [source, name] = claim.split('.');
  return name === undefined
    ? `context has ${source} && ${value} == context.${source}`
    : `context.attributes has ${name} && ${value} == context.attributes.${name}`;
}
