import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { useDecisionTail } from '../live/use-decision-tail.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import type { StopAim } from '../shell/kill-switch-opener.js';
import { stopWords } from '../shell/stop-words.js';
import type { Accepted } from './engage.js';
import styles from './Fired.module.css';

interface FiredProps {
  readonly aim: StopAim;
  readonly accepted: Accepted;
  readonly inFlight: number | null;
  readonly close: () => void;
}

/** After the press: first what was accepted, then what has been applied. The panel stays. */
export function Fired({ aim, accepted, inFlight, close }: FiredProps) {
  return (
    <div className={styles['fired']}>
      <div role="alert" className={styles['head']}>
        <p className={styles['title']}>
          <StateMark kind="stopped">
            Engaged: <VisibleText text={stopWords(aim.scope, aim.target)} />
          </StateMark>
        </p>
        <p>
          accepted in {Math.round(accepted.tookMs)} ms, revision {accepted.revision}
        </p>
      </div>
      <ConvergenceOf revision={accepted.revision} />
      <InFlight aim={aim} inFlight={inFlight} />
      <div className={styles['next']}>
        <p className={styles['title']}>Next</p>
        <ul>
          {aim.scope === 'agent' ? (
            <li>
              <Link to={`/agents/${encodeURIComponent(aim.target)}`} onClick={close}>
                Revoke its credentials
              </Link>
            </li>
          ) : null}
          <li>
            <Link to="/emergency" onClick={close}>
              See everything that is engaged
            </Link>
          </li>
        </ul>
        <p className="dim">Releasing takes two people and comes in a later version.</p>
      </div>
      <Button className={`tall ${styles['close']}`} variant="default" onClick={close}>
        Close
      </Button>
    </div>
  );
}

function InFlight({ aim, inFlight }: { readonly aim: StopAim; readonly inFlight: number | null }) {
  const filter = aim.scope === 'agent' ? { agent: aim.target } : aim.scope === 'server' ? { server: aim.target } : {};
  const { rows } = useDecisionTail(filter);
  const aborted = rows?.filter((row) => row.result === 'aborted').map((row) => row.id) ?? null;
  const [before, setBefore] = useState<readonly string[] | null>(null);
  if (before === null && aborted !== null) setBefore(aborted);
  const reported = aborted?.filter((id) => before !== null && !before.includes(id)).length ?? 0;
  return (
    <p className="live">
      {inFlight === null
        ? 'How many calls were in flight is not known; guards abort them and refuse their results.'
        : `${inFlight} in flight by the guards’ last report before you pressed; guards abort what runs and refuse its result.`}
      {reported > 0 ? ` ${reported} reported aborted.` : null}
    </p>
  );
}
