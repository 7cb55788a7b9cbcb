import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useMemo } from 'react';
import { Link } from 'react-router';
import type { ToolRowFragment, ToolsQuery } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { Empty } from '../parts/Empty.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { FilterBar } from '../parts/FilterBar.js';
import { useListAddress } from '../parts/list-address.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { Callers, ClassList, PinMark, ToolLink } from './tool-marks.js';
import { toolRowFragment, toolsQuery } from './tools.graphql.js';
import styles from './tools.module.css';

const pollMs = 5_000;

export function ToolsPage() {
  const { data, error, refetch } = useQuery(toolsQuery, { fetchPolicy: 'cache-and-network', pollInterval: pollMs });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const servers = data?.servers;
  const total = servers?.reduce(
    (sum, { tools, unregisteredTools }) => sum + tools.length + unregisteredTools.length,
    0,
  );
  return (
    <>
      <PageHeading title="Tools" />
      {error ? <ProblemNote error={error} trying="The tools could not be loaded" /> : null}
      {servers === undefined && !error ? <Loading lines={10} /> : null}
      {total === 0 ? (
        <Empty text="Tools appear when a server connects.">
          <Link to="/servers">Connect a server</Link>
        </Empty>
      ) : null}
      {servers !== undefined && total !== undefined && total > 0 ? <ByServer servers={servers} /> : null}
    </>
  );
}

type Server = ToolsQuery['servers'][number];

function ByServer({ servers }: { readonly servers: readonly Server[] }) {
  const { filter, setFilter } = useListAddress('id');
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const groups = useMemo(
    () =>
      servers.map((server) => ({
        server,
        tools: [...unmask(toolRowFragment, server.tools)],
      })),
    [servers],
  );
  const matching = groups.map(({ server, tools }) => ({
    server,
    tools: tools.filter(({ id, classes, pin }) => `${id} ${classes.join(' ')} ${pin}`.toLowerCase().includes(wanted)),
  }));
  const count = (all: typeof groups) => all.reduce((sum, { tools }) => sum + tools.length, 0);
  return (
    <>
      <FilterBar
        label="Filter by server, tool, class or state"
        filter={filter}
        setFilter={setFilter}
        shown={count(matching)}
        total={count(groups)}
      />
      <div className={styles['stack']}>
        {matching
          .filter(({ tools }) => tools.length > 0 || wanted === '')
          .map(({ server, tools }) => (
            <ServerPanel key={server.id} server={server} tools={tools} />
          ))}
      </div>
    </>
  );
}

type Row = ToolRowFragment;

function ServerPanel({ server, tools }: { readonly server: Server; readonly tools: readonly Row[] }) {
  const waiting = server.unregisteredTools.length;
  return (
    <Panel title={server.name} actions={<EnvironmentChip environment={server.environment} />}>
      {tools.length === 0 ? (
        <p className="dim">No tool of this server is registered.</p>
      ) : (
        <PlainTable
          label={`Tools of ${server.name}`}
          heads={['Tool', 'Classes', 'Definition', 'Who can call it']}
          rows={tools.map((tool) => ({
            id: tool.id,
            cells: [
              <NameCell tool={tool} />,
              <ClassList classes={tool.classes} />,
              <PinMark pin={tool.pin} />,
              <Callers roles={tool.roles} />,
            ],
          }))}
        />
      )}
      {waiting > 0 ? (
        <p>
          <Link to={`/servers/${server.id}`}>{waiting} more announced, which nobody has registered</Link>
        </p>
      ) : null}
    </Panel>
  );
}

function NameCell({ tool: { id, name, shadows } }: { readonly tool: Row }) {
  return (
    <>
      <ToolLink id={id} name={name} />
      {shadows.length > 0 ? (
        <div>
          <StateMark kind="caution">can be taken for {shadows.join(', ')}</StateMark>
        </div>
      ) : null}
    </>
  );
}
