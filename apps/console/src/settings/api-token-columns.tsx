import type { ApiTokenRowFragment as ApiToken } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import type { Column } from '../parts/DataTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { useNow, When } from '../parts/When.js';

export function apiTokenColumns(revoke: (token: ApiToken) => void): readonly Column<ApiToken>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      accessorFn: ({ name }) => name,
      sortFn: 'alphanumeric',
      cell: ({ row }) => <VisibleText text={row.original.name} />,
    },
    {
      id: 'prefix',
      header: 'Begins with',
      accessorFn: ({ prefix }) => prefix,
      sortFn: 'alphanumeric',
      cell: ({ row }) => <span className="mono">{row.original.prefix}…</span>,
    },
    {
      id: 'state',
      header: 'State',
      accessorFn: ({ revokedAt, expiresAt }) => (revokedAt === null ? expiresAt : 0),
      sortFn: 'basic',
      cell: ({ row }) => <TokenState token={row.original} />,
    },
    {
      id: 'used',
      header: 'Last used',
      accessorFn: ({ lastUsedAt }) => lastUsedAt ?? 0,
      sortFn: 'basic',
      cell: ({ row: { original } }) => (original.lastUsedAt === null ? 'never' : <When at={original.lastUsedAt} />),
    },
    {
      id: 'created',
      header: 'Created',
      accessorFn: ({ createdAt }) => createdAt,
      sortFn: 'basic',
      cell: ({ row }) => <When at={row.original.createdAt} />,
    },
    {
      id: 'act',
      header: 'Act',
      accessorFn: ({ id }) => id,
      cell: ({ row }) => <Revoke token={row.original} revoke={revoke} />,
    },
  ];
}

interface TokenProps {
  readonly token: ApiToken;
}

function TokenState({ token: { revokedAt, expiresAt } }: TokenProps) {
  const isOver = useNow() >= expiresAt;
  if (revokedAt !== null)
    return (
      <StateMark kind="off">
        revoked <When at={revokedAt} />
      </StateMark>
    );
  return (
    <StateMark kind={isOver ? 'closed' : 'ok'}>
      {isOver ? 'expired' : 'valid, ends'} <When at={expiresAt} />
    </StateMark>
  );
}

function Revoke({ token, revoke }: TokenProps & { readonly revoke: (token: ApiToken) => void }) {
  const isOver = useNow() >= token.expiresAt;
  if (token.revokedAt !== null || isOver) return null;
  return (
    <ActButton needs="read" size="compact-sm" variant="default" onClick={() => revoke(token)}>
      Revoke {visibleString(token.prefix)}…
    </ActButton>
  );
}
