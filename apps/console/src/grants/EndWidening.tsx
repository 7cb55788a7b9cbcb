import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { revokeGrantMutation } from './grants.graphql.js';
import type { WideningRow } from './widening-row.js';

interface EndWideningProps {
  readonly row: WideningRow;
  readonly refetch: () => Promise<unknown>;
  readonly close: () => void;
}

/** Takes a widening back before its time. The conversation goes on with what its agent may do anyway. */
export function EndWidening({ row: { agent, widening }, refetch, close }: EndWideningProps) {
  const [revoke] = useMutation(revokeGrantMutation);
  const what = visibleString(widening.toolId);
  const run = async () => {
    const revision = (await revoke({ variables: { id: widening.id } })).data?.revokeGrant.revision;
    await refetch().catch(() => undefined);
    return revision;
  };
  return (
    <ConvergingDialog
      title={`End the widening of ${what} for ${visibleString(agent)}`}
      act="End widening"
      recorded="The end is recorded."
      refused={['Not ended', 'The widening still gives.']}
      run={run}
      close={close}
    >
      <p>
        In conversation <span className="mono">{widening.conversation}</span> it stops giving as soon as the servers
        have applied it, instead of <When at={widening.notAfter} />. Calls in flight that rest on it are aborted.
      </p>
      <p>The conversation itself stays open, with what its agent is granted everywhere.</p>
    </ConvergingDialog>
  );
}
