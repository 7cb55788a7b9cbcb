import { Link } from 'react-router';
import type { ConvergencePartsFragment } from '../gql/graphql.js';
import { tallyServers } from '../live/server-tally.js';
import { useFreshness } from '../live/use-freshness.js';
import { Notice } from '../parts/Notice.js';
import type { StateKind } from '../parts/StateMark.js';

interface StateSentenceProps {
  readonly head: ConvergencePartsFragment | null;
  readonly engaged: number;
}

/** The one sentence that says how things stand, or what was last known and when. */
export function StateSentence({ head, engaged }: StateSentenceProps) {
  const { word, ageSeconds } = useFreshness();
  if (!head) return <Notice kind="off" title="Not known yet: waiting for the live connection" />;
  const { kind, text } = sentence(head, engaged);
  const isPast = word === 'stale' || word === 'offline';
  const title = isPast ? `Last known ${ageSeconds ?? 0} s ago: ${text}` : text;
  return (
    <Notice kind={isPast ? 'off' : kind} title={<span data-testid="state-sentence">{title}</span>}>
      {engaged > 0 ? (
        <p>
          <Link to="/emergency">See what is engaged</Link>
        </p>
      ) : null}
    </Notice>
  );
}

function sentence(
  head: ConvergencePartsFragment,
  engaged: number,
): { readonly kind: StateKind; readonly text: string } {
  const { total, applied, closedByExpiry, pending } = tallyServers(head);
  if (engaged > 0) {
    const what = engaged === 1 ? '1 kill switch is engaged' : `${engaged} kill switches are engaged`;
    return {
      kind: 'stopped',
      text: `Stopped · ${what} · revision ${head.revision} applied at ${applied} of ${total} servers`,
    };
  }
  if (total === 0)
    return {
      kind: 'off',
      text: `Revision ${head.revision} · no server has a guard yet, so no agent can call anything`,
    };
  const figure = `revision ${head.revision} applied at ${applied} of ${total} servers`;
  if (pending.length > 0) return { kind: 'moving', text: `Converging · ${figure}` };
  if (closedByExpiry > 0)
    return { kind: 'caution', text: `Normal · ${figure}, ${closedByExpiry} closed by lease expiry` };
  return { kind: 'ok', text: `Normal · ${figure}` };
}
