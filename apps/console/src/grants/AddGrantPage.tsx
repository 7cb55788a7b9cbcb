import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { Loading } from '../parts/Loading.js';
import { Notice } from '../parts/Notice.js';
import { PageHeading } from '../parts/PageHeading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { copyOf, emptyGrant, isWholeCopy } from './grant-draft.js';
import { GrantForm } from './GrantForm.js';
import { grantToCopyQuery } from './grants.graphql.js';

/** A grant made anew, or as a copy of another for a place that is still to be chosen. */
export function AddGrantPage() {
  const from = useSearchParams()[0].get('from');
  const { data, error } = useQuery(grantToCopyQuery, {
    variables: { id: from ?? '' },
    skip: from === null,
    fetchPolicy: 'no-cache',
  });
  const copied = data?.grant ?? null;
  const draft = copied === null ? emptyGrant : copyOf(copied);
  return (
    <>
      <PageHeading title={from === null ? 'Add a grant' : 'Copy a grant'} />
      {error ? <ProblemNote error={error} trying="The grant to copy could not be loaded" /> : null}
      {data && copied === null ? <Notice kind="caution" title="There is no such grant to copy" /> : null}
      {copied !== null && !isWholeCopy(copied, draft) ? (
        <Notice kind="caution" title="The copy is not whole">
          <p>It carries something this console cannot write. Add it anew below.</p>
        </Notice>
      ) : null}
      {from !== null && !data && !error ? <Loading lines={8} /> : <GrantForm key={copied?.id ?? ''} first={draft} />}
    </>
  );
}
