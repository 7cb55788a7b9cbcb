import { useEffect, useRef, useState } from 'react';
import type { ConvergencePartsFragment } from '../gql/graphql.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useNow } from '../parts/When.js';
import { tallyServers, type ServerTally } from './server-tally.js';
import { useConvergence } from './use-convergence.js';
import { useFreshness } from './use-freshness.js';
import styles from './ConvergenceLine.module.css';

/** Follows one revision by itself: what every act that takes authority away ends in. */
export function ConvergenceOf({ revision }: { readonly revision: number }) {
  const convergence = useConvergence(revision);
  const { word } = useFreshness();
  if (convergence) return <ConvergenceLine convergence={convergence} />;
  return (
    <p className={styles['line']}>
      <StateMark kind="moving">
        Revision {revision}:{' '}
        {word === 'live' ? 'asking the servers' : 'recorded; who applied it is not known while the console is not live'}
      </StateMark>
    </p>
  );
}

export function ConvergenceLine({ convergence }: { readonly convergence: ConvergencePartsFragment }) {
  const tally = tallyServers(convergence);
  const receivedAt = useReceivedAt(convergence);
  const sentence = convergenceSentence(convergence, tally);
  return (
    <div className={`${styles['line']} live`} data-testid="convergence">
      <div className={styles['figures']}>
        <span className={styles['revision']}>Revision {convergence.revision}</span>
        {tally.total === 0 ? (
          <StateMark kind="off">no server has a guard yet</StateMark>
        ) : (
          <StateMark kind={tally.pending.length > 0 ? 'moving' : 'ok'}>{appliedText(convergence, tally)}</StateMark>
        )}
        {tally.pending.length > 0 ? <StateMark kind="moving">{tally.pending.length} pending</StateMark> : null}
        {tally.closedByExpiry > 0 ? (
          <StateMark kind="closed">{tally.closedByExpiry} closed by lease expiry</StateMark>
        ) : null}
      </div>
      {tally.pending.map((server) => (
        <Countdown
          key={server.server}
          server={server.server}
          closesAt={server.closesInMs === null ? null : receivedAt + server.closesInMs}
        />
      ))}
      <Announcement text={sentence} />
    </div>
  );
}

function Countdown({ server, closesAt }: { readonly server: string; readonly closesAt: number | null }) {
  const now = useNow();
  const seconds = closesAt === null ? null : Math.max(0, Math.ceil((closesAt - now) / 1000));
  return (
    <p className={styles['pending']}>
      <VisibleText text={server} /> has not answered;{' '}
      {seconds === null
        ? 'it refuses all calls when its lease ends'
        : `its lease ends in ${seconds} s and it then refuses all calls`}
    </p>
  );
}

const quietMs = 5_000;

/** Polite, and at most once in five seconds: the newest sentence wins. */
function Announcement({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('');
  const saidAt = useRef(0);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        saidAt.current = Date.now();
        setSaid(text);
      },
      Math.max(0, saidAt.current + quietMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="unseen" role="status">
      {said}
    </span>
  );
}

function appliedText({ slowestMs }: ConvergencePartsFragment, { applied, total }: ServerTally): string {
  const figure = `applied at ${applied} of ${total} servers`;
  return slowestMs === null || applied === 0 ? figure : `${figure} in ${Math.round(slowestMs)} ms`;
}

function convergenceSentence(convergence: ConvergencePartsFragment, tally: ServerTally): string {
  const parts = [`Revision ${convergence.revision} ${appliedText(convergence, tally)}`];
  if (tally.pending.length > 0) parts.push(`${tally.pending.length} pending`);
  if (tally.closedByExpiry > 0) parts.push(`${tally.closedByExpiry} closed by lease expiry`);
  return parts.join(', ');
}

function useReceivedAt(value: unknown): number {
  const [received, setReceived] = useState(() => ({ value, at: Date.now() }));
  if (received.value !== value) setReceived({ value, at: Date.now() });
  return received.at;
}
