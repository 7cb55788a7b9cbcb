import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { Facts } from '../parts/Facts.js';
import { Panel } from '../parts/Panel.js';
import { spanOfSeconds } from '../parts/span-text.js';
import { RotationMark } from './RotationMark.js';
import { RotationPolicyForm } from './RotationPolicyForm.js';

const rotationPolicyFragment = graphql(`
  fragment AgentRotationPolicy on Agent {
    id
    status
    rotationPolicy {
      intervalSeconds
      overlapSeconds
      warnSeconds
      nextDueAt
      state
    }
  }
`);

export function RotationPolicy(props: { readonly agent: FragmentType<typeof rotationPolicyFragment> }) {
  const { id, status, rotationPolicy: policy } = unmask(rotationPolicyFragment, props.agent);
  const [isEditing, setEditing] = useState(false);
  const change = (
    <ActButton needs="credentials:write" size="compact-sm" variant="default" onClick={() => setEditing(true)}>
      {policy ? 'Change' : 'Set a policy'}
    </ActButton>
  );
  return (
    <Panel title="Rotation policy" actions={status === 'retired' ? null : change}>
      {policy ? (
        <Facts
          facts={[
            ['Every', spanOfSeconds(policy.intervalSeconds)],
            ['Overlap', spanOfSeconds(policy.overlapSeconds)],
            ['Warns before', spanOfSeconds(policy.warnSeconds)],
            ['State', policy.nextDueAt === null ? 'no live credential to rotate' : <RotationMark {...policy} />],
          ]}
        />
      ) : (
        <p className="dim">None: nobody is told when a credential grows old.</p>
      )}
      {isEditing ? <RotationPolicyForm agent={id} policy={policy} close={() => setEditing(false)} /> : null}
    </Panel>
  );
}
