import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { unmask } from '../gql/index.js';
import { quotaUseFragment } from '../live/quota.graphql.js';
import { QuotaUse } from '../live/QuotaUse.js';
import { Loading } from '../parts/Loading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { quotaUsageQuery } from './grant-page.graphql.js';

const pollMs = 5_000;

interface GrantQuotasProps {
  readonly id: string;
  readonly obligations: readonly unknown[];
}

export function GrantQuotas({ id, obligations }: GrantQuotasProps) {
  const hasQuota = obligations.some((one) => (one as { readonly kind?: unknown } | null)?.kind === 'quota');
  const { data, error } = useQuery(quotaUsageQuery, {
    variables: { grant: id },
    fetchPolicy: 'no-cache',
    pollInterval: pollMs,
    skip: !hasQuota,
  });
  const usage = data?.quotaUsage.map((one) => unmask(quotaUseFragment, one));
  return (
    <Panel title="Quota use">
      {hasQuota ? null : (
        <p>
          It has no quota, so nothing is counted.{' '}
          <Link to={`/grants/new?from=${encodeURIComponent(id)}`}>Copy it with a quota</Link>
        </p>
      )}
      {error ? <ProblemNote error={error} trying="The use of its quotas could not be loaded" /> : null}
      {hasQuota && !usage && !error ? <Loading lines={3} /> : null}
      {usage?.length === 0 ? <p>Nothing was counted in the windows that run now.</p> : null}
      {usage && usage.length > 0 ? <QuotaUse usage={usage} /> : null}
    </Panel>
  );
}
