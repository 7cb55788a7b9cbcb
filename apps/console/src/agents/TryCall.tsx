import { Autocomplete, Button, Select, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';
import type { EffectiveAccessQuery } from '../gql/graphql.js';
import { FormProblem } from '../parts/FormProblem.js';
import { Panel } from '../parts/Panel.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { visibleString } from '../parts/visible-text.js';
import type { Asked } from './AccessCell.js';
import styles from './AgentAccess.module.css';
import { ExplainedCall } from './ExplainedCall.js';
import { TokenFields } from './TokenFields.js';
import { useTriedCall } from './use-tried-call.js';

type Rows = EffectiveAccessQuery['effectiveAccess']['rows'];

interface TryCallProps {
  readonly agent: string;
  readonly rows: Rows;
  /** What is asked about at once, without arguments; null: nothing yet. */
  readonly asked: Asked | null;
}

/** Asks what a guard would decide about one call; nothing is called. */
export function TryCall({ agent, rows, asked }: TryCallProps) {
  const call = useTriedCall(agent, rows, asked);
  const { data, error, loading, servers, server, tool, token, json, given, explain, panel } = call;
  const { at, isPlaced } = refusalsAt(error, ['server', 'tool', 'role', 'user', 'conversation']);
  const tools = [...new Set(rows.filter((row) => row.server === server).map(({ name }) => name))];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    explain();
  };
  return (
    <div ref={panel} tabIndex={-1}>
      <Panel title="Try a call">
        <p className="dim">
          Says what a guard would decide, check by check. Nothing is called and nothing is recorded.
        </p>
        <FormProblem error={error} isPlaced={isPlaced} trying="Not explained" changed="Nothing was called." />
        <form className={styles['form']} onSubmit={submit}>
          <Select label="Server" required data={servers} value={server} onChange={call.setServer} error={at.server} />
          <Autocomplete
            label="Tool"
            required
            data={tools.map(visibleString)}
            value={tool}
            onChange={call.setTool}
            error={at.tool}
          />
          <TokenFields token={token} setToken={call.setToken} refused={at} />
          <Textarea
            label="Arguments"
            description='JSON, such as {"amount": 240}'
            className={styles['wide'] ?? ''}
            rows={4}
            value={json}
            error={given === null ? 'This is not a JSON object' : null}
            onChange={(event) => call.setJson(event.currentTarget.value)}
          />
          <Button type="submit" loading={loading} disabled={server === null} className={styles['wide'] ?? ''}>
            Explain
          </Button>
        </form>
        {data && !error ? <ExplainedCall call={data.explainCall} /> : null}
      </Panel>
    </div>
  );
}
