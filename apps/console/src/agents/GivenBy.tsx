import { VisibleText } from '../parts/VisibleText.js';
import type { Answer } from './access-rows.js';
import styles from './AgentAccess.module.css';
import { Rule } from './Rule.js';

/** One grant in words: what the arguments have to keep, what is done about the call, and whether a person approves it. */
export function GivenBy({ grant }: { readonly grant: Answer['grants'][number] }) {
  const { rule, conditions, obligations, approval } = grant;
  return (
    <span className={styles['words']}>
      {conditions.length === 0 ? 'whatever the arguments' : <VisibleText text={conditions.join('; ')} />}
      {approval === 'sometimes' ? ', some calls only once approved' : null}
      {obligations.length === 0 ? null : (
        <>
          ; then: <VisibleText text={obligations.join('; ')} />
        </>
      )}{' '}
      <Rule rule={rule} />
    </span>
  );
}
