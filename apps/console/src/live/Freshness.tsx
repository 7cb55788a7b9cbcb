import { StateMark, type StateKind } from '../parts/StateMark.js';
import { clockTime } from '../parts/When.js';
import type { FreshnessWord } from './freshness.js';
import { useFreshness } from './use-freshness.js';
import styles from './Freshness.module.css';

const kinds: Record<FreshnessWord, StateKind> = {
  live: 'ok',
  'catching-up': 'moving',
  stale: 'off',
  offline: 'closed',
  paused: 'paused',
};
const words: Record<FreshnessWord, string> = {
  live: 'Live',
  'catching-up': 'Catching up',
  stale: 'Stale',
  offline: 'Offline',
  paused: 'Paused',
};

/** How old what this console shows is. One word in the header of every page. */
export function FreshnessMark() {
  const { word, ageSeconds } = useFreshness();
  const showsAge = (word === 'stale' || word === 'offline') && ageSeconds !== null;
  return (
    <span className={styles['mark']} data-freshness={word}>
      <StateMark kind={kinds[word]}>
        <span role="status">{words[word]}</span>
        {showsAge ? <span> {minutes(ageSeconds)}</span> : null}
      </StateMark>
    </span>
  );
}

/** Says under the header what may be out of date, and what still works. */
export function FreshnessBanner() {
  const { word, heardAt } = useFreshness();
  if (word !== 'stale' && word !== 'offline') return null;
  const since = heardAt === null ? 'Nothing has been heard yet' : `Values are as of ${clockTime(heardAt)}`;
  return (
    <div className={styles['banner']}>
      {word === 'stale' ? (
        <>{since}: the live connection is cut. Actions still work; they go over HTTP.</>
      ) : (
        <>
          {since}: the control plane does not answer. Stopping may still work on the <a href="/stop">stop page</a> or
          with <code>portcullis kill</code>.
        </>
      )}
    </div>
  );
}

function minutes(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
