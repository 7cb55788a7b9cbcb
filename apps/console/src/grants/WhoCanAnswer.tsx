import { Link } from 'react-router';
import type { WhoCanQuery } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import styles from './AddGrant.module.css';

type Answer = WhoCanQuery['whoCan'];
const mostShown = 500;

/** Every agent that can, with how far, under which conditions, and by which grant. */
export function WhoCanAnswer({ answer: { agents, revision, at } }: { readonly answer: Answer }) {
  const count = new Set(agents.map(({ agent }) => agent)).size;
  return (
    <div role="region" aria-label="Answer" aria-live="polite">
      <Panel title={count === 0 ? 'Nobody can' : `${count.toLocaleString()} ${count === 1 ? 'agent' : 'agents'} can`}>
        <p className="dim">
          Told from the limits of the grants, not by trying values, at revision {revision.toLocaleString()},{' '}
          <When at={at} />. A policy or a label may still take it away.
        </p>
        {agents.length === 0 ? null : (
          <PlainTable
            label="Who can"
            heads={['Agent', 'Answer', 'Up to', 'If', 'Then', 'Role', 'Task', 'Tool', 'Rule']}
            rows={agents.slice(0, mostShown).map((row) => ({
              id: `${row.agent} ${row.role} ${row.outcome} ${row.tool}`,
              cells: cellsOf(row),
            }))}
          />
        )}
        {agents.length > mostShown ? (
          <p role="status">
            {mostShown} of {agents.length.toLocaleString()} rows are shown. Ask for a larger number to see fewer.
          </p>
        ) : null}
      </Panel>
    </div>
  );
}

function cellsOf({ agent, outcome, upTo, conditions, obligations, role, task, tool, rule }: Answer['agents'][number]) {
  return [
    <Link to={`/agents/${encodeURIComponent(agent)}/access`}>
      <VisibleText text={agent} />
    </Link>,
    outcome === 'hold' ? <StateMark kind="human">once approved</StateMark> : <StateMark kind="ok">allow</StateMark>,
    upTo === null ? 'no limit' : upTo.toLocaleString(undefined, { maximumFractionDigits: 20 }),
    conditions.length === 0 ? null : <VisibleText text={conditions.join('; ')} />,
    obligations.length === 0 ? null : <VisibleText text={obligations.join('; ')} />,
    <span className={styles['word']}>
      <VisibleText text={role} />
    </span>,
    task,
    <span className="mono">
      <VisibleText text={tool} />
    </span>,
    <span className="mono dim">
      <VisibleText text={rule} />
    </span>,
  ];
}
