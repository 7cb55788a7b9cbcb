import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'react-router';
import { ActButton } from '../parts/ActButton.js';
import { Loading } from '../parts/Loading.js';
import { Pager, usePageBefore } from '../parts/Pager.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { useAgentOfPage } from './agent-of-page.js';
import { CloseConversation } from './CloseConversation.js';
import { conversationsQuery } from './conversations.graphql.js';
import { ConversationsTable } from './ConversationsTable.js';
import { OpenConversation } from './OpenConversation.js';

const pageSize = 50;

/** Newest first; the page reached is in the address. */
export function AgentConversationsTab() {
  const { id, status } = useAgentOfPage();
  const before = usePageBefore();
  const { data, error, refetch } = useQuery(conversationsQuery, {
    variables: { agent: id, before, first: pageSize },
    fetchPolicy: 'cache-and-network',
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const oldest = data?.conversations.at(-1);
  const [isOpening, setOpening] = useState(false);
  const [closing, setClosing] = useState<string | null>(null);
  return (
    <Panel
      title="Conversations"
      actions={
        status === 'retired' ? null : (
          <ActButton needs="read" size="compact-sm" variant="default" onClick={() => setOpening(true)}>
            Open a conversation
          </ActButton>
        )
      }
    >
      <p className="dim">
        What the agent’s host, or a signed-in person, said about a conversation. Nothing in here comes from the agent.{' '}
        <Link to={`/widenings?agent=${encodeURIComponent(id)}`}>Widenings of its conversations</Link>
      </p>
      {error ? <ProblemNote error={error} trying="The conversations could not be loaded" /> : null}
      {!data && !error ? <Loading lines={4} /> : null}
      {data ? (
        <ConversationsTable
          agent={id}
          conversations={data.conversations}
          isNewest={before === null}
          close={setClosing}
        />
      ) : null}
      <Pager older={oldest && data?.conversations.length === pageSize ? oldest.openedAt : null} />
      {isOpening ? <OpenConversation agent={id} close={() => setOpening(false)} /> : null}
      {closing === null ? null : <CloseConversation id={closing} agent={id} close={() => setClosing(null)} />}
    </Panel>
  );
}
