import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { grantTextsQuery } from './grants.graphql.js';
import type { PartSaid } from './PartsBuilder.js';

const settleMs = 200;

interface Parts {
  readonly constraints: readonly unknown[];
  readonly obligations: readonly unknown[];
}

/** Each constraint and obligation in words a moment after it was written, by what it was when the server was asked. */
export function useGrantTexts({ constraints, obligations }: Parts) {
  const now = JSON.stringify({ constraints, obligations });
  const [asked, setAsked] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(now), settleMs);
    return () => clearTimeout(timer);
  }, [now]);
  const parts = JSON.parse(asked) as { constraints: unknown[]; obligations: unknown[] };
  const { data, previousData } = useQuery(grantTextsQuery, {
    variables: parts,
    fetchPolicy: 'no-cache',
    skip: parts.constraints.length + parts.obligations.length === 0,
  });
  const { grantTexts } = data ?? previousData ?? {};
  return {
    constraint: (index: number) => saidOf(constraints[index], parts.constraints, grantTexts?.constraints),
    obligation: (index: number) => saidOf(obligations[index], parts.obligations, grantTexts?.obligations),
  };
}

function saidOf(part: unknown, asked: readonly unknown[], said: readonly PartSaid[] | undefined): PartSaid | undefined {
  const text = JSON.stringify(part);
  return said?.[asked.findIndex((one) => JSON.stringify(one) === text)];
}
