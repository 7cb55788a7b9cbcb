import { useQuery } from '@apollo/client/react';
import type { ChangesQuery } from '../gql/graphql.js';
import { Loading } from '../parts/Loading.js';
import { Pager, usePageBefore } from '../parts/Pager.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { useAgentOfPage } from './agent-of-page.js';
import { changesQuery } from './changes.graphql.js';

const pageSize = 50;

/** What the change log says of this agent, newest first; the page reached is in the address. */
export function AgentChangesTab() {
  const { id } = useAgentOfPage();
  const before = usePageBefore();
  const { data, error, refetch } = useQuery(changesQuery, {
    variables: { agent: id, before },
    fetchPolicy: 'cache-and-network',
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const oldest = data?.changes.at(-1);
  return (
    <Panel title="Changes">
      {error ? <ProblemNote error={error} trying="The changes could not be loaded" /> : null}
      {!data && !error ? <Loading lines={6} /> : null}
      {data ? <ChangesTable changes={data.changes} /> : null}
      <Pager older={oldest && data?.changes.length === pageSize ? oldest.revision : null} />
    </Panel>
  );
}

function ChangesTable({ changes }: { readonly changes: ChangesQuery['changes'] }) {
  if (changes.length === 0) return <p className="dim">None here.</p>;
  return (
    <PlainTable
      label="Changes"
      heads={['Revision', 'When', 'What', 'Object', 'As it was left']}
      rows={changes.map(({ revision, at, kind, object, text, value }) => ({
        id: `${revision} ${kind} ${object}`,
        cells: [
          revision.toLocaleString(),
          <When at={at} />,
          <VisibleText text={text} />,
          <>
            {kind}{' '}
            <span className="mono">
              <VisibleText text={object} />
            </span>
          </>,
          value === null ? <span className="dim">gone</span> : <Value value={value} />,
        ],
      }))}
    />
  );
}

function Value({ value }: { readonly value: unknown }) {
  return (
    <details>
      <summary>Show</summary>
      <code>
        <VisibleText text={JSON.stringify(value)} />
      </code>
    </details>
  );
}
