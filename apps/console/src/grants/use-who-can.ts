import { useLazyQuery, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { refusalsAt } from '../parts/refusals-at.js';
import { grantableQuery, whoCanQuery } from './grants.graphql.js';
import { parametersOf } from './tool-parameters.js';

const fields = ['tool', 'environment', 'path', 'over'] as const;
const nothing = { environment: null as string | null, tool: '', path: '', over: '' };

/** The question as it is being written, what can be offered for it, and the answer. */
export function useWhoCan() {
  const known = useQuery(grantableQuery, { fetchPolicy: 'cache-and-network' });
  const [ask, { data, error, loading }] = useLazyQuery(whoCanQuery, { fetchPolicy: 'no-cache' });
  const [draft, setDraft] = useState(nothing);
  const { environment, tool, path } = draft;
  const here = (known.data?.servers ?? []).filter((server) => server.environment === environment);
  const tools = here.flatMap((server) => server.tools);
  const asked = tools.filter(({ id, name }) => tool === id || tool === name);
  const over = draft.over.trim() === '' ? null : Number(draft.over);
  const isNumber = over === null || Number.isFinite(over);
  return {
    ...{ known, draft, isNumber, error, loading },
    answer: data && !error ? data.whoCan : undefined,
    tools: [...new Set(tools.map(({ name }) => name))],
    parameters: parametersOf(asked.map(({ inputSchema }) => inputSchema)),
    refused: refusalsAt(error, fields, { not_found: 'tool' }),
    set: (change: Partial<typeof nothing>) => setDraft((before) => ({ ...before, ...change })),
    ask: () => {
      if (environment === null || !isNumber) return;
      void ask({ variables: { input: { environment, tool: tool.trim(), path: path.trim() || null, over } } });
    },
  };
}
