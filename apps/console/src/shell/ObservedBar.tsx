import { Link } from 'react-router';
import { unmask, type FragmentType } from '../gql/index.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { observedFragment } from './observed.graphql.js';
import styles from './ObservedBar.module.css';

/** On every page while rules are only recorded somewhere: which environments, until when, by whom and why. */
export function ObservedBar({
  environments,
}: {
  readonly environments: readonly FragmentType<typeof observedFragment>[];
}) {
  const observed = unmask(observedFragment, environments).flatMap(({ id, observation }) =>
    observation === null ? [] : [{ id, ...observation }],
  );
  if (observed.length === 0) return null;
  return (
    <section className={styles['bar']} aria-label="Observed environments" data-testid="observed-bar">
      {observed.map(({ id, until, startedBy, reason }) => (
        <p key={id} className={styles['line']}>
          <StateMark kind="caution">
            <strong>OBSERVED</strong>
          </StateMark>{' '}
          <EnvironmentChip environment={id} /> What no grant gives runs there. It ends <When at={until} />, begun by{' '}
          <VisibleText text={startedBy} />: <VisibleText text={reason} />{' '}
          <Link to="/settings/environments">Details</Link>
        </p>
      ))}
    </section>
  );
}
