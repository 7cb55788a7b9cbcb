import type { DecisionRowFragment } from '../gql/graphql.js';

type Kept = Pick<DecisionRowFragment, 'auditLevel' | 'withheld' | 'labels'>;

/** What is told of a call's result and of its record, in words; empty where there is nothing to tell. */
export function whatIsKept({ auditLevel, withheld, labels }: Kept): readonly string[] {
  const given = [labels?.trust, labels?.secrecy].filter((one) => typeof one === 'string');
  return [
    ...(given.length === 0 ? [] : [given.join(' · ')]),
    ...(withheld === null ? [] : [withheldText(withheld)]),
    ...(auditLevel === 'digest' ? ['recorded by hashes only'] : []),
  ];
}

function withheldText(text: string): string {
  return text.startsWith('the result') ? text : `withheld: ${text}`;
}
