import { graphql, unmask, type FragmentType } from '../gql/index.js';
import { Facts } from '../parts/Facts.js';
import { Panel } from '../parts/Panel.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { AgentStatus } from './AgentStatus.js';

const agentSummaryFragment = graphql(`
  fragment AgentSummary on Agent {
    id
    description
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
  return (
    <Panel title="Summary">
      <Facts
        facts={[
          ['Id', <span className="mono">{agent.id}</span>],
          ['Status', <AgentStatus status={agent.status} isStopped={agent.stoppedBy.length > 0} />],
          ['Owner', agent.owner ? <VisibleText text={agent.owner.name} /> : 'nobody'],
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
    </Panel>
  );
}
