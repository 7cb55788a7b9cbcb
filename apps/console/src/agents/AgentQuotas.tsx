import { useQuery } from '@apollo/client/react';
import { unmask } from '../gql/index.js';
import { quotaUseFragment } from '../live/quota.graphql.js';
import { QuotaUse } from '../live/QuotaUse.js';
import { Loading } from '../parts/Loading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { agentQuotaUsageQuery } from './access.graphql.js';

const pollMs = 5_000;

/** What this agent has used of the quotas of its grants, in the windows that run now. */
export function AgentQuotas({ agent }: { readonly agent: string }) {
  const { data, error } = useQuery(agentQuotaUsageQuery, {
    variables: { agent },
    fetchPolicy: 'no-cache',
    pollInterval: pollMs,
  });
  const usage = data?.agentQuotaUsage.map((one) => unmask(quotaUseFragment, one));
  return (
    <Panel title="Quota use">
      {error ? <ProblemNote error={error} trying="The use of quotas could not be loaded" /> : null}
      {!usage && !error ? <Loading lines={3} /> : null}
      {usage?.length === 0 ? (
        <p>
          Nothing is counted for this agent in the windows that run now. What is counted for a user, whichever agent
          acts, stands on the page of the grant.
        </p>
      ) : null}
      {usage && usage.length > 0 ? <QuotaUse usage={usage} isByGrant /> : null}
    </Panel>
  );
}
