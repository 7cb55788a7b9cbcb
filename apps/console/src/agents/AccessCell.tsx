import { reasonText } from '../live/reason-texts.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import type { Answer, Standing } from './access-rows.js';
import styles from './AgentAccess.module.css';

interface AccessCellProps {
  readonly standings: readonly Standing[];
  readonly environment: string;
}

/** What each role the agent holds may do with the tool, or why not. */
export function AccessCell({ standings, environment }: AccessCellProps) {
  if (standings.length === 0) return <span className="dim">no such tool</span>;
  return (
    <ul className={styles['standings']}>
      {standings.map(({ id, server, role, answers }) => (
        <li key={id}>
          {role === null ? (
            <StateMark kind="off">
              deny: no role in <VisibleText text={environment} />
            </StateMark>
          ) : (
            <>
              <span>
                as <VisibleText text={role} /> at <VisibleText text={server} />
              </span>
              {answers.map((answer) => (
                <Said key={answer.tasks.join(' ')} answer={answer} />
              ))}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Said({ answer: { outcome, tasks, reason, rule, detail, grants } }: { readonly answer: Answer }) {
  const words = tasks.join(', ');
  if (outcome !== 'allow')
    return (
      <div>
        <StateMark kind="off">
          deny {words}: {reason === null ? 'no rule' : reasonText(reason)}
        </StateMark>
        <span className={styles['words']}>
          {detail === null ? null : <VisibleText text={detail} />} <Rule rule={rule} />
        </span>
      </div>
    );
  return (
    <div>
      <StateMark kind="ok">allow {words}</StateMark>
      {grants.map((grant) => (
        <span key={grant.rule} className={styles['words']}>
          {grant.conditions.length === 0 ? (
            'whatever the arguments'
          ) : (
            <VisibleText text={grant.conditions.join('; ')} />
          )}{' '}
          <Rule rule={grant.rule} />
        </span>
      ))}
    </div>
  );
}

/** The object that spoke, as it is named in decisions. */
export function Rule({ rule }: { readonly rule: string | null }) {
  if (rule === null) return null;
  return (
    <span className="mono dim">
      <VisibleText text={rule} />
    </span>
  );
}
