import { useState } from 'react';
import { Button } from '@mantine/core';
import type { PreviewedAccessFragment } from '../gql/graphql.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';

const changes: Readonly<Record<string, { readonly kind: StateKind; readonly words: string }>> = {
  'newly-allowed': { kind: 'ok', words: 'newly allowed' },
  'newly-held': { kind: 'human', words: 'newly held for approval' },
  'newly-denied': { kind: 'off', words: 'newly denied' },
  changed: { kind: 'caution', words: 'under other conditions' },
};
const shownAtFirst = 20;

/** What a change would do, as a sentence and then agent by agent, newly allowed on top. */
export function PreviewedAccess({ preview }: { readonly preview: PreviewedAccessFragment }) {
  const { differences, total, holders, environment, revision, at } = preview;
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? differences : differences.slice(0, shownAtFirst);
  return (
    <>
      <p>
        <strong>{sentence(preview)}</strong>{' '}
        <span className="dim">
          {holders.toLocaleString()} {holders === 1 ? 'agent holds' : 'agents hold'} the role in{' '}
          <VisibleText text={environment} /> at revision {revision.toLocaleString()}, <When at={at} />.
        </span>
      </p>
      {shown.length === 0 ? null : (
        <PlainTable
          label="What would change"
          heads={['Change', 'Agent', 'Tool', 'Tasks']}
          rows={shown.map(({ change, agent, tool, tasks }) => ({
            id: `${change} ${agent} ${tool} ${tasks.join(' ')}`,
            cells: [
              <StateMark kind={changes[change]?.kind ?? 'caution'}>{changes[change]?.words ?? change}</StateMark>,
              <VisibleText text={agent} />,
              <span className="mono">
                <VisibleText text={tool} />
              </span>,
              tasks.join(', '),
            ],
          }))}
        />
      )}
      {isWhole || differences.length <= shownAtFirst ? null : (
        <Button variant="default" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
          Show {differences.length.toLocaleString()}
          {total > differences.length ? ` of ${total.toLocaleString()}` : ''}
        </Button>
      )}
    </>
  );
}

function sentence({ differences, total }: PreviewedAccessFragment): string {
  if (total === 0) return 'No agent may do more or less than now.';
  const counted = Object.entries(changes).flatMap(([change, { words }]) => {
    const count = differences.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${count.toLocaleString()} ${words}`];
  });
  const bound = total > differences.length ? `Of ${total.toLocaleString()} differences the first are: ` : '';
  return `${bound}${counted.join(', ')}.`;
}
