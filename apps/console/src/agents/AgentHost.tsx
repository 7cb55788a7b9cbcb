import { useState } from 'react';
import { Link } from 'react-router';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { VisibleText } from '../parts/VisibleText.js';
import { ChooseHost } from './ChooseHost.js';
import { RemoveHost } from './RemoveHost.js';

const agentHostFragment = graphql(`
  fragment AgentHost on Agent {
    id
    host
    status
  }
`);

/** Who says for which person the agent acts: never the agent itself. */
export function AgentHost(props: { readonly agent: FragmentType<typeof agentHostFragment> }) {
  const { id, host, status } = unmask(agentHostFragment, props.agent);
  const [asked, setAsked] = useState<'choose' | 'remove' | null>(null);
  const close = () => setAsked(null);
  const button = (act: 'choose' | 'remove', name: string) => (
    <ActButton needs="agents:write" size="compact-sm" variant="default" onClick={() => setAsked(act)}>
      {name}
    </ActButton>
  );
  return (
    <Panel
      title="Host"
      actions={status === 'retired' ? null : button('choose', host === null ? 'Choose a host' : 'Change host')}
    >
      {host === null ? (
        <p className="dim">None: only people open conversations for this agent.</p>
      ) : (
        <>
          <p>
            <Link to={`/agents/${encodeURIComponent(host)}`}>
              <VisibleText text={host} />
            </Link>{' '}
            opens conversations for this agent with its own credential and says who their user is.
          </p>
          {status === 'retired' ? null : button('remove', 'Remove host')}
        </>
      )}
      {asked === 'choose' ? <ChooseHost agent={id} host={host} close={close} /> : null}
      {asked === 'remove' && host !== null ? <RemoveHost agent={id} host={host} close={close} /> : null}
    </Panel>
  );
}
