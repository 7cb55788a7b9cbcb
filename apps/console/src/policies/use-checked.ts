import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import type { CheckPolicyQuery } from '../gql/graphql.js';
import { useMay } from '../parts/permissions.js';
import { checkPolicyQuery } from './policies.graphql.js';

type Check = CheckPolicyQuery['checkPolicy'];

/** What the server last said of a text, and of which: while another is being checked, the old answer is known to be old. */
export interface Checked {
  readonly answer: Check | null;
  readonly error: unknown;
  readonly isCurrent: boolean;
}

const pauseMs = 300;

/** Checks the text once the typing pauses. Without the permission nothing is asked. */
export function useChecked(environment: string | null, text: string, tests: readonly unknown[]): Checked {
  const client = useApolloClient();
  const may = useMay('policies:write');
  const asked = JSON.stringify([environment, text, tests]);
  const [held, setHeld] = useState<{ asked: string; answer: Check | null; error: unknown } | null>(null);
  useEffect(() => {
    if (!may) return undefined;
    let isOver = false;
    const check = async () => {
      const [where, what, tried] = JSON.parse(asked) as [string | null, string, unknown[]];
      try {
        const input = { environment: where, text: what, tests: tried };
        const { data } = await client.query({ query: checkPolicyQuery, variables: { input }, fetchPolicy: 'no-cache' });
        if (!isOver) setHeld({ asked, answer: data?.checkPolicy ?? null, error: null });
      } catch (error) {
        if (!isOver) setHeld({ asked, answer: null, error });
      }
    };
    const timer = setTimeout(() => void check(), pauseMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [asked, client, may]);
  return { answer: held?.answer ?? null, error: held?.error ?? null, isCurrent: held?.asked === asked };
}
