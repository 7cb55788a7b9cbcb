import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ActButton } from '../parts/ActButton.js';
import { Loading } from '../parts/Loading.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { policyDiffQuery } from './policies.graphql.js';
import { PolicyReview } from './PolicyReview.js';
import { RevertPolicy } from './policy-acts.js';
import { usePolicy, type ShownVersion } from './PolicyPage.js';
import styles from './policies.module.css';

export function PolicyHistoryTab() {
  const policy = usePolicy();
  const { id, liveVersion, newestVersion, retiredAt, versions } = policy;
  const [compared, setCompared] = useCompared(versions);
  const [reverting, setReverting] = useState<number | null>(null);
  const isOld = ({ number, revision }: ShownVersion) =>
    revision !== null && number !== liveVersion && retiredAt === null;
  return (
    <>
      <PolicyReview policy={policy} isSaved />
      <PlainTable
        label="Versions"
        heads={['Version', 'By', 'Reviewed', 'Published', 'Revision', 'Acts']}
        rows={versions.map((version) => ({
          id: String(version.number),
          cells: [
            version.reverts === null ? version.number : `${version.number}, as ${version.reverts} was`,
            <>
              {visibleString(version.author)} <When at={version.createdAt} />
            </>,
            <Signed by={version.reviewedBy} at={version.reviewedAt} />,
            <Signed by={version.publishedBy} at={version.publishedAt} />,
            version.revision ?? '',
            <span className={styles['acts']}>
              {version.number === newestVersion ? null : (
                <Button size="compact-sm" variant="default" onClick={() => setCompared(version.number)}>
                  Compare {version.number} with {newestVersion}
                </Button>
              )}
              {isOld(version) ? (
                <ActButton
                  needs="policies:write"
                  size="compact-sm"
                  variant="default"
                  onClick={() => setReverting(version.number)}
                >
                  Bring back {version.number}
                </ActButton>
              ) : null}
            </span>,
          ],
        }))}
      />
      {compared === null ? null : <Difference id={id} from={compared} to={newestVersion} />}
      {reverting === null ? null : (
        <RevertPolicy id={id} version={reverting} live={liveVersion} close={() => setReverting(null)} />
      )}
    </>
  );
}

interface SignedProps {
  readonly by: string | null;
  readonly at: number | null;
}

function Signed({ by, at }: SignedProps) {
  if (at === null) return 'no';
  return (
    <>
      {visibleString(by ?? '')} <When at={at} />
    </>
  );
}

/** Which version is compared with the newest stands in the address. */
function useCompared(versions: readonly ShownVersion[]) {
  const [search, setSearch] = useSearchParams();
  const asked = Number(search.get('compare'));
  const found = versions.some(({ number }) => number === asked) ? asked : null;
  const compare = (number: number) => setSearch({ compare: String(number) }, { replace: true });
  return [found, compare] as const;
}

const signs: Readonly<Record<string, string>> = { added: '+ ', removed: '- ' };

function Difference({ id, from, to }: { readonly id: string; readonly from: number; readonly to: number }) {
  const { data, error } = useQuery(policyDiffQuery, { variables: { id, from, to } });
  return (
    <div className={styles['stack']}>
      <Panel title={`From version ${from} to ${to}`}>
        {error ? <ProblemNote error={error} trying="The versions could not be compared" /> : null}
        {!data && !error ? <Loading lines={4} /> : null}
        <div className={styles['diff']} role="region" aria-label="Lines" tabIndex={0}>
          {data?.policyDiff.map(({ kind, before, after, text }) => (
            <div key={`${before} ${after}`} data-kind={kind}>
              {signs[kind] ?? '  '}
              {visibleString(text)}
            </div>
          ))}
        </div>
      </Panel>
    </div>
  );
}
