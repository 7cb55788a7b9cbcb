import { useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { Empty } from '../parts/Empty.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { Facts } from '../parts/Facts.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { directoryQuery, directoryRowFragment } from './directories.graphql.js';
import styles from './directories.module.css';
import { DirectoryState } from './directory-columns.js';
import { DirectoryEntries } from './DirectoryEntries.js';
import { formTexts } from './form-texts.js';
import { NamingGrants } from './NamingGrants.js';
import { RetireDirectory } from './RetireDirectory.js';

/** One directory: what it holds, which grants give by it, and its end. */
export function DirectoryPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(directoryQuery, { variables: { id }, fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const directory = data ? unmask(directoryRowFragment, data.directory) : undefined;
  return (
    <>
      <PageHeading title={directory?.name ?? id} trail={<Link to="/directories">Directories</Link>} />
      {error ? <ProblemNote error={error} trying="The directory could not be loaded" /> : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {directory === null ? (
        <Empty text="There is no directory with this id.">
          <Link to="/directories">All directories</Link>
        </Empty>
      ) : null}
      {data && directory ? (
        <div className={styles['stack']}>
          <Panel title="About it">
            <Facts facts={factsOf(directory)} />
          </Panel>
          <DirectoryEntries key={directory.id} directory={directory} />
          <NamingGrants grants={data.grantsNaming} count={directory.grants} />
          <RetireDirectory directory={directory} />
        </div>
      ) : null}
    </>
  );
}

function factsOf({ id, environment, holds, retiredAt, createdAt, createdBy }: Directory) {
  return [
    ['Id', <span className="mono">{id}</span>],
    ['Environment', <EnvironmentChip environment={environment} />],
    ['Holds', formTexts[holds].holds],
    ['State', <DirectoryState retiredAt={retiredAt} />],
    [
      'Created',
      <>
        <When at={createdAt} /> by <VisibleText text={createdBy} />
      </>,
    ],
  ] as const;
}
