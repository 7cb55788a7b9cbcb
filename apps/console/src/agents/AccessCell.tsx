import { Button } from '@mantine/core';
import type { Task } from '../gql/graphql.js';
import { reasonText } from '../live/reason-texts.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import type { Answer, Standing } from './access-rows.js';
import styles from './AgentAccess.module.css';
import { GivenBy } from './GivenBy.js';
import { Rule } from './Rule.js';

/** What an answer in the matrix is about. */
export interface Asked {
  readonly server: string;
  readonly tool: string;
  readonly role: string;
  readonly task: Task;
}

interface AccessCellProps {
  readonly tool: string;
  readonly standings: readonly Standing[];
  readonly environment: string;
  readonly why: (asked: Asked) => void;
}

/** What each role the agent holds may do with the tool, or why not. */
export function AccessCell({ tool, standings, environment, why }: AccessCellProps) {
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
                <div key={answer.tasks.join(' ')}>
                  <Said answer={answer} />
                  <WhyButton about={{ server, tool, role }} tasks={answer.tasks} why={why} />
                </div>
              ))}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Said({ answer: { outcome, tasks, reason, rule, detail, grants, observed } }: { readonly answer: Answer }) {
  const words = tasks.join(', ');
  if (observed !== null)
    return (
      <>
        <StateMark kind="caution">
          runs {words}, would {observed.outcome}: {reasonText(observed.reason)}
        </StateMark>
        <span className={styles['words']}>
          {detail === null ? null : <VisibleText text={detail} />} <Rule rule={observed.rule} />
        </span>
      </>
    );
  if (outcome === 'deny')
    return (
      <>
        <StateMark kind="off">
          deny {words}: {reason === null ? 'no rule' : reasonText(reason)}
        </StateMark>
        <span className={styles['words']}>
          {detail === null ? null : <VisibleText text={detail} />} <Rule rule={rule} />
        </span>
      </>
    );
  return (
    <>
      {outcome === 'hold' ? (
        <StateMark kind="human">hold {words}: a person approves every call</StateMark>
      ) : (
        <StateMark kind="ok">allow {words}</StateMark>
      )}
      {grants.map((grant) => (
        <GivenBy key={grant.rule} grant={grant} />
      ))}
    </>
  );
}

interface WhyButtonProps {
  readonly about: Omit<Asked, 'task'>;
  readonly tasks: Answer['tasks'];
  readonly why: AccessCellProps['why'];
}

function WhyButton({ about, tasks, why }: WhyButtonProps) {
  const [task] = tasks;
  if (task === undefined) return null;
  return (
    <Button
      variant="default"
      size="compact-xs"
      aria-label={`Why, for ${task} of ${about.tool} as ${about.role} at ${about.server}`}
      onClick={() => why({ ...about, task })}
    >
      Why?
    </Button>
  );
}
