import { Link } from 'react-router';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { Facts } from '../parts/Facts.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import type { Conversation } from './use-widen-form.js';

/** Which conversation it is: nobody else gains anything. */
export function WidenedConversation({ conversation }: { readonly conversation: Conversation }) {
  const { id, agent, user, tasks, environment, expiresAt } = conversation;
  return (
    <Facts
      facts={[
        [
          'Agent',
          <Link to={`/agents/${encodeURIComponent(agent)}/conversations`}>
            <VisibleText text={agent} />
          </Link>,
        ],
        ['Conversation', <span className="mono">{id}</span>],
        ['User', user === null ? 'nobody' : <VisibleText text={user} />],
        ['Opened for', tasks.join(', ')],
        [
          'Goes on in',
          environment === null ? 'every environment of its agent' : <EnvironmentChip environment={environment} />,
        ],
        ['Ends', <When at={expiresAt} />],
      ]}
    />
  );
}
