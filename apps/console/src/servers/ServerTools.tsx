import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import type { ServerToolsFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark } from '../parts/StateMark.js';
import { visibleString } from '../parts/visible-text.js';
import { VisibleText } from '../parts/VisibleText.js';
import { RegisterTool } from './RegisterTool.js';

const serverToolsFragment = graphql(`
  fragment ServerTools on Server {
    id
    tools {
      id
      name
      description
      classes
    }
    unregisteredTools {
      name
      description
      definition
    }
  }
`);

export function ServerTools(props: { readonly server: FragmentType<typeof serverToolsFragment> }) {
  const server = unmask(serverToolsFragment, props.server);
  return (
    <>
      <Panel title="Tools">
        {server.tools.length === 0 ? (
          <p className="dim">Tools appear when a guard connects and somebody registers them.</p>
        ) : (
          <PlainTable
            label="Tools"
            heads={['Tool', 'Classes', 'Description']}
            rows={server.tools.map((tool) => ({
              id: tool.id,
              cells: [
                <Name name={tool.name} />,
                <Classes classes={tool.classes} />,
                <Description text={tool.description} />,
              ],
            }))}
          />
        )}
      </Panel>
      {server.unregisteredTools.length > 0 ? (
        <Unregistered server={server.id} tools={server.unregisteredTools} />
      ) : null}
    </>
  );
}

interface UnregisteredProps {
  readonly server: string;
  readonly tools: ServerToolsFragment['unregisteredTools'];
}

function Unregistered({ server, tools }: UnregisteredProps) {
  const [registering, setRegistering] = useState<(typeof tools)[number] | null>(null);
  return (
    <Panel title="Unregistered tools">
      <p>The server announces these; nobody has registered them, so every call to them is refused.</p>
      <PlainTable
        label="Unregistered tools"
        heads={['Tool', 'Description, as the server words it', 'Act']}
        rows={tools.map((tool) => ({
          id: tool.name,
          cells: [
            <Name name={tool.name} />,
            <Description text={tool.description} />,
            <ActButton needs="servers:write" size="compact-sm" variant="default" onClick={() => setRegistering(tool)}>
              Register {visibleString(tool.name)}
            </ActButton>,
          ],
        }))}
      />
      {registering === null ? null : (
        <RegisterTool
          server={server}
          tool={registering.name}
          definition={registering.definition}
          close={() => setRegistering(null)}
        />
      )}
    </Panel>
  );
}

function Name({ name }: { readonly name: string }) {
  return (
    <span className="mono">
      <VisibleText text={name} />
    </span>
  );
}

function Classes({ classes }: { readonly classes: readonly string[] }) {
  if (classes.length === 0) return <StateMark kind="caution">none: counts as destructive</StateMark>;
  return <VisibleText text={classes.join(', ')} />;
}

function Description({ text }: { readonly text: string | null }) {
  return text === null || text === '' ? <span className="dim">none</span> : <VisibleText text={text} />;
}
