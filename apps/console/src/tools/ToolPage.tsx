import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ToolQuery } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { Facts } from '../parts/Facts.js';
import { Loading } from '../parts/Loading.js';
import { Notice } from '../parts/Notice.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { When } from '../parts/When.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { DefinitionsPanel } from './DefinitionsPanel.js';
import { SetClasses } from './SetClasses.js';
import { Callers, ClassList, PinMark } from './tool-marks.js';
import { toolDefinitionFragment, toolQuery, toolRowFragment } from './tools.graphql.js';
import styles from './tools.module.css';

const pollMs = 5_000;

export function ToolPage() {
  const { server = '', '*': name = '' } = useParams();
  const id = `${server}/${name}`;
  const { data, error, refetch } = useQuery(toolQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    pollInterval: pollMs,
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  return (
    <>
      <PageHeading title={name} trail={<Link to="/tools">Tools</Link>} />
      {error ? <ProblemNote error={error} trying="The tool could not be loaded" /> : null}
      {data && !data.tool ? (
        <Empty text="There is no tool with this id.">
          <Link to="/tools">All tools</Link>
        </Empty>
      ) : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {data?.tool ? <OneTool tool={data.tool} /> : null}
    </>
  );
}

type Tool = NonNullable<ToolQuery['tool']>;

function OneTool({ tool }: { readonly tool: Tool }) {
  const { pin, pinnedAt, roles, shadows } = unmask(toolRowFragment, tool);
  return (
    <div className={styles['stack']}>
      {shadows.length > 0 ? (
        <Notice kind="caution" title={`Can be taken for ${shadows.join(', ')}`}>
          <p>A tool of this environment at another server has a name that reads the same. A model may call either.</p>
        </Notice>
      ) : null}
      <Panel title="Summary">
        <Facts
          facts={[
            ['Id', <span className="mono">{tool.id}</span>],
            ['Server', <Link to={`/servers/${tool.server}`}>{tool.server}</Link>],
            ['Environment', <EnvironmentChip environment={tool.environment} />],
            ['Definition', <PinMark pin={pin} />],
            ['Pinned', pinnedAt === null ? <span className="dim">not yet</span> : <When at={pinnedAt} />],
            ['Who can call it', <Callers roles={roles} />],
          ]}
        />
      </Panel>
      <ClassesPanel tool={tool} />
      <DefinitionsPanel
        tool={tool.id}
        isPinned={pinnedAt !== null}
        definitions={unmask(toolDefinitionFragment, tool.definitions)}
      />
    </div>
  );
}

function ClassesPanel({ tool }: { readonly tool: Tool }) {
  const [isEditing, setEditing] = useState(false);
  const { classes } = unmask(toolRowFragment, tool);
  const missing = tool.suggestedClasses.filter(({ name }) => !classes.includes(name));
  const edit = (
    <ActButton needs="servers:write" variant="default" onClick={() => setEditing(true)}>
      Edit classes
    </ActButton>
  );
  return (
    <Panel title="Classes" actions={edit}>
      <p>
        <ClassList classes={classes} />
      </p>
      {missing.map(({ name, reasons }) => (
        <p key={name} className="dim">
          It may be {name}: {reasons.join(', and ')}.
        </p>
      ))}
      {isEditing ? (
        <SetClasses
          tool={tool.id}
          classes={classes}
          suggested={tool.suggestedClasses}
          close={() => setEditing(false)}
        />
      ) : null}
    </Panel>
  );
}
