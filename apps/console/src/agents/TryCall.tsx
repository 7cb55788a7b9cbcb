import { useLazyQuery } from '@apollo/client/react';
import { Autocomplete, Button, Select, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { EffectiveAccessQuery } from '../gql/graphql.js';
import { FormProblem } from '../parts/FormProblem.js';
import { Panel } from '../parts/Panel.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { visibleString } from '../parts/visible-text.js';
import { explainCallQuery } from './access.graphql.js';
import styles from './AgentAccess.module.css';
import { argumentsIn } from './call-arguments.js';
import { ExplainedCall } from './ExplainedCall.js';
import { plainToken, TokenFields } from './TokenFields.js';

type Rows = EffectiveAccessQuery['effectiveAccess']['rows'];

interface TryCallProps {
  readonly agent: string;
  readonly rows: Rows;
}

/** Asks what a guard would decide about one call; nothing is called. */
export function TryCall({ agent, rows }: TryCallProps) {
  const [ask, { data, error, loading }] = useLazyQuery(explainCallQuery, { fetchPolicy: 'no-cache' });
  const servers = [...new Set(rows.map(({ server }) => server))];
  const [server, setServer] = useState<string | null>(servers[0] ?? null);
  const [tool, setTool] = useState('');
  const [token, setToken] = useState(plainToken);
  const [json, setJson] = useState('{}');
  const given = argumentsIn(json);
  const { at, isPlaced } = refusalsAt(error, ['server', 'tool', 'role', 'user', 'conversation']);
  const tools = [...new Set(rows.filter((row) => row.server === server).map(({ name }) => name))];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (server === null || given === null) return;
    const input = { agent, server, tool, arguments: given.value, role: token.role, task: token.task };
    const context = { user: token.user || null, conversation: token.conversation || null };
    void ask({ variables: { input: { ...input, ...context } } });
  };
  return (
    <Panel title="Try a call">
      <p className="dim">Says what a guard would decide, check by check. Nothing is called and nothing is recorded.</p>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not explained" changed="Nothing was called." />
      <form className={styles['form']} onSubmit={submit}>
        <Select label="Server" required data={servers} value={server} onChange={setServer} error={at.server} />
        <Autocomplete
          label="Tool"
          required
          data={tools.map(visibleString)}
          value={tool}
          onChange={setTool}
          error={at.tool}
        />
        <TokenFields token={token} setToken={setToken} refused={at} />
        <Textarea
          label="Arguments"
          description='JSON, such as {"amount": 240}'
          className={styles['wide'] ?? ''}
          rows={4}
          value={json}
          error={given === null ? 'This is not a JSON object' : null}
          onChange={(event) => setJson(event.currentTarget.value)}
        />
        <Button type="submit" loading={loading} disabled={server === null} className={styles['wide'] ?? ''}>
          Explain
        </Button>
      </form>
      {data && !error ? <ExplainedCall call={data.explainCall} /> : null}
    </Panel>
  );
}
