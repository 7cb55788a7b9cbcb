import { useLazyQuery, useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { CreateGrantInput } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { problemOf } from '../parts/problem.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { constraintsOf, inputOf, obligationsOf, parametersFor, toolsOf, type GrantDraft } from './grant-draft.js';
import { createGrantMutation, grantableQuery, grantPreviewQuery, previewedAccessFragment } from './grants.graphql.js';
import type { TypeOf } from './part-draft.js';
import { problemsWithin } from './part-problems.js';
import { useGrantTexts } from './use-grant-texts.js';

const placed = ['role', 'environment', 'toolId', 'toolClass', 'task', 'notBefore', 'notAfter', 'staleSeconds'] as const;

export type GrantBeingWritten = ReturnType<typeof useGrantForm>;

/** A grant being written: the draft, what the server says of it, what it would change, and saving it. The draft outlives every failure. */
export function useGrantForm(first: GrantDraft) {
  const known = useQuery(grantableQuery, { fetchPolicy: 'cache-and-network' });
  const [draft, setDraft] = useState(first);
  const [reviewed, setReviewed] = useState<CreateGrantInput | null>(null);
  const [hasAsked, setAsked] = useState(false);
  const { ask, review, save, made } = useSaving(reviewed);
  const parameters = parametersFor(draft, known.data);
  const typeOf: TypeOf = (path) => parameters.find((one) => one.path === path)?.type;
  const said = useGrantTexts({ constraints: constraintsOf(draft, typeOf), obligations: obligationsOf(draft, typeOf) });
  const error = made.error ?? review.error;
  const refusal = error ? problemOf(error).fields : [];
  const tools = toolsOf(draft, known.data);
  return {
    ...{ known, draft, parameters, typeOf, said, made, error, reviewed },
    isReviewing: review.loading,
    preview: review.data && !review.error ? unmask(previewedAccessFragment, review.data.grantPreview) : undefined,
    refused: refusalsAt(error, placed, { not_found: 'role' }).at,
    isRead: tools.length > 0 && tools.every(({ classes }) => classes.includes('read')),
    /** What is wrong with one constraint or obligation: as it stands now, once the whole was asked about. */
    problems: (list: 'constraint' | 'obligation') => (index: number) =>
      hasAsked ? (said[list](index)?.problems ?? problemsWithin(refusal, `${list}s.${index}`)) : [],
    set: (change: Partial<GrantDraft>) => {
      setDraft((before) => ({ ...before, ...change }));
      setReviewed(null);
      made.reset();
    },
    review: async () => {
      const input = inputOf(draft, known.data, typeOf);
      setAsked(true);
      if (input === null) return;
      const answer = await ask(input);
      setReviewed(answer?.data && !answer.error ? input : null);
    },
    save,
  };
}

/** What saving would change, asked anew at each revision, and saving. */
function useSaving(reviewed: CreateGrantInput | null) {
  const [preview, review] = useLazyQuery(grantPreviewQuery, { fetchPolicy: 'no-cache' });
  const [create, made] = useMutation(createGrantMutation);
  const ask = (input: CreateGrantInput) => preview({ variables: { input } }).catch(() => undefined);
  useRefetchOnRevision(useHead()?.revision ?? null, async () => {
    if (reviewed !== null && !made.data) await ask(reviewed);
  });
  const save = async () => {
    if (reviewed !== null) await create({ variables: { input: reviewed } }).catch(() => null);
  };
  return { ask, review, save, made };
}
