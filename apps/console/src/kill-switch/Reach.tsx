import type { ReachQuery } from '../gql/graphql.js';
import { StateMark } from '../parts/StateMark.js';
import styles from './Reach.module.css';

interface ReachProps {
  readonly isAsked: boolean;
  readonly reach: ReachQuery['killSwitchReach'] | null;
  readonly error: unknown;
}

/** What pressing would stop now. Never a condition for pressing. */
export function Reach({ isAsked, reach, error }: ReachProps) {
  return (
    <section className={styles['reach']} aria-label="What this stops">
      <p className={styles['title']}>What this stops</p>
      <div aria-live="polite">
        {!isAsked ? (
          <p className="dim">Choose first.</p>
        ) : reach ? (
          <Figures reach={reach} />
        ) : (
          <p className="dim">
            {error ? 'Not known: the control plane did not say. Stopping works all the same.' : 'Asking…'}
          </p>
        )}
      </div>
      <p className="dim">
        Calls in flight are aborted and their results refused. What a tool has already done cannot be undone.
      </p>
    </section>
  );
}

function Figures({ reach }: { readonly reach: ReachQuery['killSwitchReach'] }) {
  if (!reach.resolves) {
    return (
      <p>
        <StateMark kind="caution">Nothing by this name exists now. It can be stopped all the same.</StateMark>
      </p>
    );
  }
  return (
    <p>
      {count(reach.agents, 'agent')}, {count(reach.tools, 'tool')} on {count(reach.servers, 'server')},{' '}
      {count(reach.callsLastMinute, 'call')} in the last minute, {reach.inFlight} in flight
    </p>
  );
}

function count(number: number, word: string): string {
  return `${number.toLocaleString()} ${word}${number === 1 ? '' : 's'}`;
}
