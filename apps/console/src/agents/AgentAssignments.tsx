import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import type { AgentAssignmentsFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { VisibleText } from '../parts/VisibleText.js';
import { AssignRole } from './AssignRole.js';
import { RemoveAssignment } from './RemoveAssignment.js';
import { WindowMark } from './WindowMark.js';

const agentAssignmentsFragment = graphql(`
  fragment AgentAssignments on Agent {
    id
    status
    assignments {
      id
      role
      environment
      notBefore
      notAfter
      state
    }
  }
`);

type Assignment = AgentAssignmentsFragment['assignments'][number];

export function AgentAssignments(props: { readonly agent: FragmentType<typeof agentAssignmentsFragment> }) {
  const agent = unmask(agentAssignmentsFragment, props.agent);
  const [isAssigning, setAssigning] = useState(false);
  const [removing, setRemoving] = useState<Assignment | null>(null);
  return (
    <Panel
      title="Roles"
      actions={
        agent.status === 'retired' ? null : (
          <ActButton needs="agents:write" size="compact-sm" variant="default" onClick={() => setAssigning(true)}>
            Assign role
          </ActButton>
        )
      }
    >
      {agent.assignments.length === 0 ? (
        <p className="dim">None. An agent without a role can call nothing.</p>
      ) : (
        <PlainTable
          label="Roles"
          heads={['Role', 'Environment', 'Holds', 'Act']}
          rows={agent.assignments.map((assignment) => ({
            id: assignment.id,
            cells: [
              <VisibleText text={assignment.role} />,
              <EnvironmentChip environment={assignment.environment} />,
              <WindowMark {...assignment} />,
              <ActButton
                needs="agents:write"
                size="compact-sm"
                variant="default"
                onClick={() => setRemoving(assignment)}
              >
                Remove {assignment.role}
              </ActButton>,
            ],
          }))}
        />
      )}
      {isAssigning ? <AssignRole agent={agent.id} close={() => setAssigning(false)} /> : null}
      {removing ? <RemoveAssignment {...removing} agent={agent.id} close={() => setRemoving(null)} /> : null}
    </Panel>
  );
}
