import { useEffect } from 'react';
import { Link } from 'react-router';
import { unmask, type FragmentType } from '../gql/index.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { engagementFragment } from './engagement.graphql.js';
import { stopWords } from './stop-words.js';
import styles from './StoppedBar.module.css';

/** The striped bar above everything while a kill switch is engaged. */
export function StoppedBar({
  engagements,
}: {
  readonly engagements: readonly FragmentType<typeof engagementFragment>[];
}) {
  const engaged = unmask(engagementFragment, engagements).filter((one) => one.status === 'engaged');
  const newest = engaged.toSorted((a, b) => b.revision - a.revision)[0];
  useStoppedTitle(newest ? stopWords(newest.scope, newest.target) : null);
  if (!newest) return null;
  return (
    <section className={styles['bar']} aria-label="Engaged kill switches" data-testid="stopped-bar">
      <div className={styles['text']}>
        <StateMark kind="stopped">
          <strong>STOPPED</strong> <VisibleText text={stopWords(newest.scope, newest.target)} />
        </StateMark>{' '}
        since <When at={newest.engagedAt} /> by <VisibleText text={newest.engagedBy} />
        {engaged.length > 1 ? ` and ${engaged.length - 1} more` : null} <Link to="/emergency">Details</Link>
      </div>
    </section>
  );
}

function useStoppedTitle(what: string | null): void {
  useEffect(() => {
    if (what === null) return undefined;
    const mark = `■ STOPPED ${what} · `;
    const put = () => {
      if (!document.title.startsWith('■')) document.title = mark + document.title;
    };
    put();
    const observer = new MutationObserver(put);
    const title = document.querySelector('title');
    if (title) observer.observe(title, { childList: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(mark, '');
    };
  }, [what]);
}
