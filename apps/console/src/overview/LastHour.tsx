import { graphql, unmask, type FragmentType } from '../gql/index.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import styles from './LastHour.module.css';

const lastHourFragment = graphql(`
  fragment LastHour on DecisionCounts {
    allowed
    denied
    held
    aborted
  }
`);

export function LastHour(props: { readonly counts: FragmentType<typeof lastHourFragment> }) {
  const counts = unmask(lastHourFragment, props.counts);
  const figures: readonly (readonly [string, number, StateKind])[] = [
    ['allowed', counts.allowed, 'ok'],
    ['denied', counts.denied, 'bad'],
    ['held', counts.held, 'human'],
    ['aborted', counts.aborted, 'stopped'],
  ];
  return (
    <dl className={styles['figures']}>
      {figures.map(([word, count, kind]) => (
        <div key={word}>
          <dt>
            <StateMark kind={kind}>{word}</StateMark>
          </dt>
          <dd className="live">{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
