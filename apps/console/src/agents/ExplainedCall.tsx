import type { ExplainCallQuery } from '../gql/graphql.js';
import { reasonText } from '../live/reason-texts.js';
import { Notice } from '../parts/Notice.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import styles from './AgentAccess.module.css';
import { Rule } from './Rule.js';

type Explained = ExplainCallQuery['explainCall'];
type Check = Explained['checks'][number];

/** A decision, the rule that spoke, what would have to change, and every check in order. */
export function ExplainedCall({ call }: { readonly call: Explained }) {
  const isAllowed = call.outcome === 'allow';
  const isHeld = call.outcome === 'hold';
  const { observed } = call;
  const detail = observed?.detail ?? call.detail;
  const reason = call.reason === null ? 'no rule' : reasonText(call.reason);
  const would = observed && `Runs while it is observed, would ${observed.outcome}: ${reasonText(observed.reason)}`;
  const title = would ?? (isAllowed ? 'Allowed' : `${isHeld ? 'Held' : 'Denied'}: ${reason}`);
  return (
    <div className={styles['answer']} role="region" aria-label="Explanation" aria-live="polite">
      <Notice kind={observed ? 'caution' : isAllowed ? 'ok' : isHeld ? 'human' : 'bad'} title={title}>
        <p>
          {detail === null ? null : <VisibleText text={detail} />} <Rule rule={observed?.rule ?? call.rule} />
        </p>
        {call.obligations.length === 0 ? null : (
          <p>
            Then: <VisibleText text={call.obligations.join('; ')} />
          </p>
        )}
        <p className="dim">
          As <VisibleText text={call.role} /> in <VisibleText text={call.environment} /> for {call.task}
          {call.user === null ? null : (
            <>
              , acting for <VisibleText text={call.user} />
            </>
          )}
          {call.credential === null ? ', without a credential' : null}, at revision {call.revision.toLocaleString()},{' '}
          <When at={call.at} />
        </p>
      </Notice>
      {isAllowed && !observed ? null : <Unlock unlock={call.unlock} />}
      <h3>Checks, in order</h3>
      <ol className={styles['checks']} aria-label="Checks">
        {call.checks.map((check) => (
          <CheckLine key={check.name} check={check} />
        ))}
      </ol>
    </div>
  );
}

function Unlock({ unlock: { isPossible, why, changes } }: { readonly unlock: Explained['unlock'] }) {
  return (
    <>
      <h3>What would have to change</h3>
      {isPossible ? (
        <ul aria-label="What would have to change">
          {changes.map(({ kind, text }) => (
            <li key={`${kind} ${text}`}>
              <VisibleText text={text} />
            </li>
          ))}
        </ul>
      ) : (
        <p>
          Nothing can: <VisibleText text={why ?? ''} />
        </p>
      )}
    </>
  );
}

const kinds: Readonly<Record<string, StateKind>> = { passed: 'ok', denied: 'bad', 'not-reached': 'off' };

function CheckLine({ check: { question, outcome, denial, grants } }: { readonly check: Check }) {
  return (
    <li>
      <StateMark kind={kinds[outcome] ?? 'off'}>
        {question} <strong>{outcome === 'not-reached' ? 'not reached' : outcome}</strong>
      </StateMark>
      {denial === null || (grants?.dropped.length ?? 0) > 0 ? null : (
        <span className={styles['words']}>
          <VisibleText text={denial.detail} /> <Rule rule={denial.rule} />
        </span>
      )}
      {grants === null ? null : <Grants grants={grants} />}
    </li>
  );
}

function Grants({ grants: { left, dropped } }: { readonly grants: NonNullable<Check['grants']> }) {
  return (
    <>
      {left.length === 0 ? null : (
        <span className={styles['words']}>
          {left.length === 1 ? '1 grant is left' : `${left.length.toLocaleString()} grants are left`}{' '}
          <Rule rule={left.join(', ')} />
        </span>
      )}
      {dropped.map(({ rule, detail }) => (
        <span key={`${rule} ${detail}`} className={styles['words']}>
          dropped: <VisibleText text={detail} /> <Rule rule={rule} />
        </span>
      ))}
    </>
  );
}
