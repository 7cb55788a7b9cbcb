import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { WideningsQuery } from '../gql/graphql.js';
import { Empty } from '../parts/Empty.js';
import { FilterBar } from '../parts/FilterBar.js';
import { useListAddress } from '../parts/list-address.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { EndWidening } from './EndWidening.js';
import { wideningCells, wideningHeads } from './widening-cells.js';
import type { WideningRow } from './widening-row.js';
import { wideningsQuery } from './widenings.graphql.js';

const pageSize = 50;
const emptyText =
  'No conversation was ever widened. A widening grants one conversation a tool for at most a day, and nobody else gains anything by it; it begins on an agent’s page, under Conversations.';

/** What was granted for single conversations: who did it, why, and until when; active ones first. */
export function WideningsPage() {
  const { filter } = useListAddress('');
  const { agent, skip } = useAsked();
  const variables = { agent, filter, first: pageSize, skip };
  const { data, previousData, error, refetch } = useQuery(wideningsQuery, { variables, fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const shown = (data ?? previousData)?.widenings;
  const isEmpty = shown?.total === 0;
  return (
    <>
      <PageHeading title="Widenings" trail={agent === null ? undefined : <OfAgent agent={agent} />} />
      {error ? <ProblemNote error={error} trying="The widenings could not be loaded" /> : null}
      {!shown && !error ? <Loading lines={10} /> : null}
      {isEmpty ? (
        <Empty text={agent === null ? emptyText : 'No conversation of this agent was ever widened.'}>
          <Link to={agent === null ? '/agents' : `/agents/${encodeURIComponent(agent)}/conversations`}>
            {agent === null ? 'Choose an agent' : 'Its conversations'}
          </Link>
        </Empty>
      ) : null}
      {shown && !isEmpty ? <Page page={shown} refetch={refetch} /> : null}
    </>
  );
}

function useAsked() {
  const [search] = useSearchParams();
  return { agent: search.get('agent'), skip: Math.max(0, Math.trunc(Number(search.get('skip'))) || 0) };
}

function OfAgent({ agent }: { readonly agent: string }) {
  return (
    <>
      <Link to={`/agents/${encodeURIComponent(agent)}/conversations`}>
        <VisibleText text={agent} />
      </Link>{' '}
      (<Link to="/widenings">all agents</Link>)
    </>
  );
}

interface PageProps {
  readonly page: WideningsQuery['widenings'];
  readonly refetch: () => Promise<unknown>;
}

function Page({ page: { total, active, matching, rows }, refetch }: PageProps) {
  const { filter } = useListAddress('');
  const { skip } = useAsked();
  const [, setSearch] = useSearchParams();
  const [ending, setEnding] = useState<WideningRow | null>(null);
  const to = (from: number, text = filter) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of [
        ['q', text],
        ['skip', from === 0 ? '' : String(from)],
      ] as const) {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      return next;
    });
  return (
    <>
      <p>{active === 0 ? 'None is active now.' : `${active.toLocaleString()} active now.`}</p>
      <FilterBar
        label="Filter by agent, tool, role, who or why"
        filter={filter}
        setFilter={(text) => to(0, text)}
        shown={matching}
        total={total}
      />
      <PlainTable
        label="Widenings"
        heads={wideningHeads}
        rows={rows.map((row) => ({ id: row.widening.id, cells: wideningCells(row, () => setEnding(row)) }))}
      />
      {skip === 0 ? null : (
        <Button variant="default" mt="md" mr="md" onClick={() => to(Math.max(0, skip - pageSize))}>
          Earlier rows
        </Button>
      )}
      {skip + rows.length >= matching ? null : (
        <Button variant="default" mt="md" onClick={() => to(skip + pageSize)}>
          Rows from {(skip + pageSize + 1).toLocaleString()} of {matching.toLocaleString()}
        </Button>
      )}
      {ending ? <EndWidening row={ending} refetch={refetch} close={() => setEnding(null)} /> : null}
    </>
  );
}
