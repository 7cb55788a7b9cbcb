import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import type { AgentSummaryFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Facts } from '../parts/Facts.js';
import { Panel } from '../parts/Panel.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { AgentStatus } from './AgentStatus.js';
import { EditAgent } from './EditAgent.js';

const agentSummaryFragment = graphql(`
  fragment AgentSummary on Agent {
    id
    name
    description
    tags
    ownerGone
    status
    demo
    createdAt
    lastDecisionAt
    deniedLastDay
    owner {
      id
      name
    }
    stoppedBy {
      id
    }
  }
`);

export function AgentSummary(props: { readonly agent: FragmentType<typeof agentSummaryFragment> }) {
  const agent = unmask(agentSummaryFragment, props.agent);
  const [isEditing, setEditing] = useState(false);
  return (
    <Panel
      title="Summary"
      actions={
        agent.status === 'retired' ? null : (
          <ActButton needs="agents:write" size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            Edit
          </ActButton>
        )
      }
    >
      <Facts
        facts={[
          ['Id', <span className="mono">{agent.id}</span>],
          ['Status', <AgentStatus status={agent.status} isStopped={agent.stoppedBy.length > 0} />],
          ['Owner', <Owner {...agent} />],
          ['Tags', agent.tags.length === 0 ? 'none' : <VisibleText text={agent.tags.join(', ')} />],
          ['Description', agent.description === '' ? 'none' : <VisibleText text={agent.description} />],
          ['Created', <When at={agent.createdAt} />],
          [
            'Last decision',
            <span className="live">
              {agent.lastDecisionAt === null ? 'never' : <When at={agent.lastDecisionAt} />}
            </span>,
          ],
          ['Denials, 24 h', <span className="live">{agent.deniedLastDay.toLocaleString()}</span>],
          ...(agent.demo ? [['Part of', 'the demo world'] as const] : []),
        ]}
      />
      {isEditing ? <EditAgent agent={agent} close={() => setEditing(false)} /> : null}
    </Panel>
  );
}

/** Somebody answers for every agent; where nobody does any more, that is said. */
function Owner({ owner, ownerGone }: Pick<AgentSummaryFragment, 'owner' | 'ownerGone'>) {
  const name = owner === null ? 'nobody' : <VisibleText text={owner.name} />;
  if (!ownerGone) return name;
  return <StateMark kind="caution">{owner === null ? 'nobody: give it an owner' : <>{name}, who is gone</>}</StateMark>;
}
