import { useLazyQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { EffectiveAccessQuery } from '../gql/graphql.js';
import type { Asked } from './AccessCell.js';
import { explainCallQuery } from './access.graphql.js';
import { argumentsIn } from './call-arguments.js';
import { plainToken } from './TokenFields.js';

type Rows = EffectiveAccessQuery['effectiveAccess']['rows'];

/** A call that is only thought through: what it would be, and what a guard would say. */
export function useTriedCall(agent: string, rows: Rows, asked: Asked | null) {
  const [ask, { data, error, loading }] = useLazyQuery(explainCallQuery, { fetchPolicy: 'no-cache' });
  const servers = [...new Set(rows.map(({ server }) => server))];
  const [server, setServer] = useState<string | null>(asked?.server ?? servers[0] ?? null);
  const [tool, setTool] = useState(asked?.tool ?? '');
  const [token, setToken] = useState({ ...plainToken, ...(asked ? { role: asked.role, task: asked.task } : {}) });
  const [json, setJson] = useState('{}');
  const given = argumentsIn(json);
  const explain = () => {
    if (server === null || given === null) return;
    const input = { agent, server, tool, arguments: given.value, role: token.role, task: token.task };
    const context = { user: token.user || null, conversation: token.conversation || null };
    void ask({ variables: { input: { ...input, ...context } } });
  };
  const panel = useRef<HTMLDivElement>(null);
  const atFirst = useRef(explain);
  useEffect(() => {
    if (asked === null) return;
    atFirst.current();
    panel.current?.scrollIntoView({ block: 'start' });
    panel.current?.focus({ preventScroll: true });
  }, [asked]);
  return {
    ...{ data, error, loading, servers, server, setServer, tool, setTool, token, setToken, json, setJson, given },
    ...{ explain, panel },
  };
}
