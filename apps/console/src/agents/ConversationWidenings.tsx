import { Link } from 'react-router';
import type { ConversationsQuery } from '../gql/graphql.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useNow, When } from '../parts/When.js';
import styles from './Conversations.module.css';

type Widening = ConversationsQuery['conversations'][number]['widenings'][number];

interface ConversationWideningsProps {
  readonly agent: string;
  readonly widenings: readonly Widening[];
}

const mostShown = 3;

/** What holds in this conversation alone: the active ones, and how many there are beside them. */
export function ConversationWidenings({ agent, widenings }: ConversationWideningsProps) {
  const now = useNow();
  if (widenings.length === 0) return <span className="dim">no</span>;
  const active = widenings.filter(({ notAfter, revokedAt }) => revokedAt === null && notAfter > now);
  const shown = active.slice(0, mostShown);
  const others = widenings.length - shown.length;
  return (
    <ul className={styles['widenings']}>
      {shown.map(({ id, toolId, task, notAfter }) => (
        <li key={id}>
          <StateMark kind="caution">
            {task} on{' '}
            <span className="mono">
              <VisibleText text={toolId} />
            </span>
            , ends <When at={notAfter} />
          </StateMark>
        </li>
      ))}
      {others === 0 ? null : (
        <li>
          <Link to={`/widenings?agent=${encodeURIComponent(agent)}`}>
            {others.toLocaleString()} {active.length > shown.length ? 'more' : 'over'}
          </Link>
        </li>
      )}
    </ul>
  );
}
