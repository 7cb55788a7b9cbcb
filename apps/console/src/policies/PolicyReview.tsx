import { useMutation, useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { ActButton } from '../parts/ActButton.js';
import { Notice } from '../parts/Notice.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { usePerson } from '../shell/session.js';
import { reviewersQuery, reviewPolicyMutation } from './policies.graphql.js';
import type { ShownPolicy, ShownVersion } from './PolicyPage.js';
import styles from './policies.module.css';

interface PolicyReviewProps {
  readonly policy: ShownPolicy;
  /** Whether what is on the screen is what would be approved. */
  readonly isSaved: boolean;
}

/** Who has approved the newest version, or who may, where its environment asks for a second person. */
export function PolicyReview({ policy, isSaved }: PolicyReviewProps) {
  const [newest] = policy.versions;
  if (!newest || !policy.needsReview || policy.retiredAt !== null || newest.number === policy.liveVersion) return null;
  if (newest.reviewedBy === null) return <Awaited {...{ policy, newest, isSaved }} />;
  return (
    <p>
      <StateMark kind="ok">
        Version {newest.number} approved by <VisibleText text={newest.reviewedBy} />
      </StateMark>{' '}
      {newest.reviewedAt === null ? null : <When at={newest.reviewedAt} />}
    </p>
  );
}

function Awaited({ policy, newest, isSaved }: PolicyReviewProps & { readonly newest: ShownVersion }) {
  const { id, liveVersion } = policy;
  const { number: version, author } = newest;
  const [review, { error, loading }] = useMutation(reviewPolicyMutation, { refetchQueries: ['PolicyPage'] });
  const isMine = usePerson().email === author;
  const approve = () => review({ variables: { input: { id, version } } }).catch(() => null);
  return (
    <div className={styles['review']}>
      {error ? <ProblemNote error={error} trying="Not approved" changed="Nothing changed." /> : null}
      <Notice kind="human" title={`Version ${version} waits for a review`}>
        <p>
          Policies are published here once somebody else than the author, <VisibleText text={author} />, has approved
          them. <Reviewers author={author} />
        </p>
        <div className={styles['acts']}>
          {isMine ? null : (
            <ActButton
              needs="policies:write"
              size="compact-sm"
              disabled={!isSaved}
              loading={loading}
              onClick={() => void approve()}
            >
              Approve version {version}
            </ActButton>
          )}
          {liveVersion === null ? null : (
            <Link to={`/policies/${encodeURIComponent(id)}/history?compare=${liveVersion}`}>
              Compare it with version {liveVersion}, which is published
            </Link>
          )}
        </div>
        {isMine || isSaved ? null : (
          <p className="dim">Save or undo what you changed: only what is saved is approved.</p>
        )}
      </Notice>
    </div>
  );
}

function Reviewers({ author }: { readonly author: string }) {
  const { data, error } = useQuery(reviewersQuery, { fetchPolicy: 'cache-and-network' });
  if (error) return <>Who may could not be loaded.</>;
  if (!data) return null;
  const others = data.people.filter(
    ({ email, permissions }) => email !== author && permissions.includes('policies:write'),
  );
  if (others.length === 0) return <>Nobody else has the permission policies:write, so nobody can.</>;
  return (
    <>
      These can: <VisibleText text={others.map(({ name }) => name).join(', ')} />.
    </>
  );
}
