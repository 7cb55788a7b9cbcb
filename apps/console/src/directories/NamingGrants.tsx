import { Link } from 'react-router';
import type { DirectoryQuery } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { VisibleText } from '../parts/VisibleText.js';

type Naming = DirectoryQuery['grantsNaming'][number];

/** The live grants that give only what is in the directory. */
export function NamingGrants({ grants, count }: { readonly grants: readonly Naming[]; readonly count: number }) {
  return (
    <Panel title="Grants that name it">
      {grants.length === 0 ? (
        <p>
          No grant names it, so nothing depends on it yet. <Link to="/grants/new">Add a grant</Link> with the limit
          “from the user or a directory”.
        </p>
      ) : (
        <PlainTable
          label="Grants that name it"
          heads={['Grant', 'Role', 'What', 'Limits']}
          rows={grants.map((grant) => ({ id: grant.id, cells: cellsOf(grant) }))}
        />
      )}
      {count > grants.length ? (
        <p role="status">
          {grants.length} of {count.toLocaleString()} are shown.
        </p>
      ) : null}
    </Panel>
  );
}

function cellsOf({ id, role, toolId, toolClass, task, constraintTexts, conversation }: Naming) {
  return [
    <>
      <Link to={`/grants/${encodeURIComponent(id)}`} className="mono">
        <VisibleText text={id} />
      </Link>
      {conversation === null ? null : ' for one conversation'}
    </>,
    <VisibleText text={role} />,
    <>
      {task} on{' '}
      <span className="mono">
        {toolId === null ? 'class ' : ''}
        <VisibleText text={toolId ?? toolClass ?? ''} />
      </span>
    </>,
    <VisibleText text={constraintTexts.join('; ')} />,
  ];
}
