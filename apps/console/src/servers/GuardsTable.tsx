import type { GuardPartsFragment } from '../gql/graphql.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useNow, When } from '../parts/When.js';
import { Held } from './server-columns.js';
import { guardHealth, leaseSecondsLeft } from './server-health.js';

interface GuardsTableProps {
  readonly guards: readonly GuardPartsFragment[];
  readonly head: number | null;
}

export function GuardsTable({ guards, head }: GuardsTableProps) {
  const now = useNow();
  if (guards.length === 0) {
    return (
      <p className="dim">
        No guard has enrolled yet. Until one does, no agent can call this server through Portcullis.
      </p>
    );
  }
  return (
    <PlainTable
      label="Guards"
      heads={['Guard', 'State', 'Revision held', 'Lease left', 'Last report', 'In flight', 'Record']}
      rows={guards.map((guard) => ({ id: `${guard.guard} ${guard.boot}`, cells: cellsOf(guard, head, now) }))}
    />
  );
}

function cellsOf(guard: GuardPartsFragment, head: number | null, now: number) {
  const { kind, word } = guardHealth(guard, now);
  const left = leaseSecondsLeft([guard], now);
  return [
    <span className="mono" title={`boot ${guard.boot}`}>
      <VisibleText text={guard.guard} />
    </span>,
    <span className="live">
      <StateMark kind={kind}>{word}</StateMark>
    </span>,
    <Held held={guard.heldRevision} head={head} />,
    <span className="live">{left === null ? 'none' : left === 0 ? 'ended' : `${left} s`}</span>,
    <span className="live">{guard.lastReportAt === null ? 'never' : <When at={guard.lastReportAt} />}</span>,
    <span className="live">{guard.inFlight}</span>,
    guard.lossKnown ? <StateMark kind="bad">records missing</StateMark> : <StateMark kind="ok">complete</StateMark>,
  ];
}
