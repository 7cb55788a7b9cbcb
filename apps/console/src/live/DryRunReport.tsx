import type { DryRunQuery } from '../gql/graphql.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { reasonText } from './reason-texts.js';

type Report = DryRunQuery['dryRun'];
type Side = Report['groups'][number]['calls'][number]['before'];

const changes: Readonly<Record<string, { readonly kind: StateKind; readonly words: string }>> = {
  'newly-allowed': { kind: 'ok', words: 'newly allowed' },
  'newly-held': { kind: 'human', words: 'newly held' },
  'newly-denied': { kind: 'bad', words: 'newly denied' },
};

/** The result in a sentence, then by agent and tool with the newest call of each, then what asking again cannot know. */
export function DryRunReport({ report }: { readonly report: Report }) {
  const { sentence, from, revision, ended, notRecorded, groups, cannotKnow } = report;
  return (
    <>
      <p role="status">
        <strong>{sentence}</strong>{' '}
        <span className="dim">
          Since <When at={from} />, upon revision {revision.toLocaleString()}.
        </span>
      </p>
      {groups.length === 0 ? null : (
        <PlainTable
          label="Calls that would be decided otherwise"
          heads={['Change', 'Agent', 'Tool', 'Environment', 'Calls', 'The newest']}
          rows={groups.map(({ change, agent, tool, environment, count, calls: [newest] }) => ({
            id: `${change} ${agent} ${tool}`,
            cells: [
              <StateMark kind={changes[change]?.kind ?? 'caution'}>{changes[change]?.words ?? change}</StateMark>,
              <VisibleText text={agent} />,
              <span className="mono">
                <VisibleText text={tool} />
              </span>,
              <VisibleText text={environment} />,
              count.toLocaleString(),
              newest ? (
                <>
                  <When at={newest.at} />: {sideText(newest.before)}, then {sideText(newest.after)}
                  {newest.after.detail === null ? null : ` (${visibleString(newest.after.detail)})`}
                </>
              ) : null,
            ],
          }))}
        />
      )}
      <details>
        <summary>What this cannot know</summary>
        <ul>
          {notRecorded > 0 ? <li>{notRecorded.toLocaleString()} decisions whose arguments were not recorded</li> : null}
          {ended > 0 ? <li>{ended.toLocaleString()} calls whose agent, role or conversation has ended since</li> : null}
          {cannotKnow.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

function sideText({ outcome, reason }: Side): string {
  return reason === null ? outcome : reasonText(reason);
}
