import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { DecisionRowFragment } from '../gql/graphql.js';
import { Loading } from '../parts/Loading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { DecisionOutcome } from './DecisionOutcome.js';
import { tellFreshness } from './freshness-store.js';
import { FullRecordDialog } from './FullRecordDialog.js';
import { reasonText } from './reason-texts.js';
import { useDecisionTail, type TailFilter } from './use-decision-tail.js';
import { WhatIsKept } from './WhatIsKept.js';
import styles from './DecisionTail.module.css';

const shownRows = 50;

/** Decisions as they happen. New rows wait behind a count while somebody reads in the list or has paused it. */
export function DecisionTail({ agent, server }: TailFilter) {
  const { rows, error, loading } = useDecisionTail({ ...(agent ? { agent } : {}), ...(server ? { server } : {}) });
  const [isPaused, setPaused] = useState(false);
  const [isRead, setRead] = useState(false);
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const [opened, setOpened] = useState<DecisionRowFragment | null>(null);
  useEffect(() => {
    if (!isPaused) return undefined;
    tellFreshness({ type: 'paused' });
    return () => tellFreshness({ type: 'resumed' });
  }, [isPaused]);

  const newest = rows?.[0]?.position ?? 0;
  const holds = isPaused || isRead;
  if (holds && heldAt === null) setHeldAt(newest);
  if (!holds && heldAt !== null) setHeldAt(null);
  const limit = holds ? (heldAt ?? newest) : newest;
  const waiting = rows?.filter((row) => row.position > limit).length ?? 0;
  if (!rows)
    return error ? (
      <ProblemNote error={error} trying="The decisions could not be loaded" />
    ) : loading ? (
      <Loading />
    ) : null;
  return (
    <>
      <div className={styles['bar']}>
        <Button size="compact-sm" variant="default" aria-pressed={isPaused} onClick={() => setPaused((was) => !was)}>
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        {waiting > 0 ? (
          <Button size="compact-sm" variant="default" onClick={() => setHeldAt(newest)}>
            {waiting} new
          </Button>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <p className="dim">No calls yet. A decision appears here the moment a guard reports it.</p>
      ) : (
        <Rows
          rows={rows.filter((row) => row.position <= limit).slice(0, shownRows)}
          showsAgent={agent === undefined}
          whenRead={setRead}
          open={setOpened}
        />
      )}
      {opened ? <FullRecordDialog row={opened} close={() => setOpened(null)} /> : null}
    </>
  );
}

interface RowsProps {
  readonly rows: readonly DecisionRowFragment[];
  readonly showsAgent: boolean;
  readonly whenRead: (isRead: boolean) => void;
  readonly open: (row: DecisionRowFragment) => void;
}

function Rows({ rows, showsAgent, whenRead, open }: RowsProps) {
  return (
    <div
      className={styles['scroll']}
      role="region"
      aria-label="Latest decisions"
      tabIndex={0}
      onPointerEnter={() => whenRead(true)}
      onPointerLeave={() => whenRead(false)}
      onFocus={() => whenRead(true)}
      onBlur={() => whenRead(false)}
    >
      <table className={`${styles['table']} live`} data-testid="decisions">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Outcome</th>
            <th scope="col">Tool</th>
            {showsAgent ? <th scope="col">Agent</th> : null}
            <th scope="col">Why</th>
            <th scope="col">Revision</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.position} row={row} showsAgent={showsAgent} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Pick<RowsProps, 'showsAgent' | 'open'> {
  readonly row: DecisionRowFragment;
}

function Row({ row, showsAgent, open }: RowProps) {
  return (
    <tr>
      <td>
        <When at={row.at} as="clock" />
      </td>
      <td>
        <DecisionOutcome outcome={row.outcome} result={row.result} would={row.observed?.outcome} />
      </td>
      <td className="mono">
        <VisibleText text={row.tool} />
      </td>
      {showsAgent ? (
        <td>
          <Link to={`/agents/${encodeURIComponent(row.agent)}`}>
            <VisibleText text={row.agent} />
          </Link>
        </td>
      ) : null}
      <td className={styles['why']}>
        <Why row={row} />
        <WhatIsKept row={row} open={open} />
      </td>
      <td>{row.revision}</td>
    </tr>
  );
}

function Why({ row: { reason, detail, rule, observed } }: { readonly row: DecisionRowFragment }) {
  if (reason === null && observed !== null) {
    const would = `would ${observed.outcome}: ${reasonText(observed.reason)}`;
    return <VisibleText text={`${would} (${observed.detail})`} />;
  }
  const cause = reason === null ? '' : reasonText(reason);
  if (detail !== null) return <VisibleText text={detail.startsWith(cause) ? detail : `${cause}: ${detail}`} />;
  if (reason !== null) return cause;
  return rule === null ? null : (
    <span className="dim mono">
      <VisibleText text={rule} />
    </span>
  );
}
