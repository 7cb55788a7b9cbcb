import type { ConversationsQuery } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import styles from './Conversations.module.css';
import { ConversationWidenings } from './ConversationWidenings.js';
import { UserName } from './UserName.js';
import { WidenButton } from './WidenButton.js';

type Conversation = ConversationsQuery['conversations'][number];
const kinds: Record<Conversation['status'], StateKind> = { open: 'ok', closed: 'off', expired: 'closed' };
const shownOfId = 8;

interface ConversationsTableProps {
  readonly agent: string;
  readonly conversations: readonly Conversation[];
  readonly isNewest: boolean;
  readonly close: (id: string) => void;
}

export function ConversationsTable({ agent, conversations, isNewest, close }: ConversationsTableProps) {
  if (conversations.length === 0) {
    return <p className="dim">{isNewest ? 'None was ever opened for this agent.' : 'None before that.'}</p>;
  }
  return (
    <PlainTable
      label="Conversations"
      heads={['Conversation', 'Status', 'User', 'Tasks', 'Attributes', 'Digests', 'Opened', 'Widened', 'Act']}
      rows={conversations.map((conversation) => ({
        id: conversation.id,
        cells: cellsOf(conversation, agent, () => close(conversation.id)),
      }))}
    />
  );
}

function cellsOf(conversation: Conversation, agent: string, close: () => void) {
  const { id, status, user, tasks, attributes, digests, openedAt, openedBy } = conversation;
  return [
    <span className="mono" title={id}>
      {id.slice(0, shownOfId)}…
    </span>,
    <StateMark kind={kinds[status]}>
      {status} <Ended {...conversation} />
    </StateMark>,
    user === null ? <span className="dim">nobody</span> : <UserName user={user} />,
    tasks.join(', '),
    <VisibleText text={attributesText(attributes)} />,
    digests.toLocaleString(),
    <>
      <When at={openedAt} /> by <VisibleText text={openedBy} />
    </>,
    <ConversationWidenings agent={agent} widenings={conversation.widenings} />,
    status === 'open' ? (
      <span className={styles['acts']}>
        <WidenButton conversation={id} words={`Widen ${id.slice(0, shownOfId)}…`} />
        <ActButton needs="agents:write" size="compact-sm" variant="default" onClick={close}>
          Close {id.slice(0, shownOfId)}…
        </ActButton>
      </span>
    ) : null,
  ];
}

function Ended({ status, expiresAt, closedAt, closedBy }: Conversation) {
  if (status !== 'closed' || closedAt === null) {
    return (
      <>
        {status === 'open' ? 'ends ' : ''}
        <When at={expiresAt} />
      </>
    );
  }
  return (
    <>
      <When at={closedAt} />
      {closedBy === null ? null : (
        <>
          {' '}
          by <VisibleText text={closedBy} />
        </>
      )}
    </>
  );
}

function attributesText(attributes: unknown): string {
  if (typeof attributes !== 'object' || attributes === null) return 'none';
  const named = Object.entries(attributes).map(([name, value]) => `${name}: ${String(value)}`);
  return named.length === 0 ? 'none' : named.join(', ');
}
