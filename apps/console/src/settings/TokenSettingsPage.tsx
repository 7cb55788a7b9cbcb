import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Facts } from '../parts/Facts.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { tokenSettingsQuery } from './settings.graphql.js';
import { SigningKeys } from './SigningKeys.js';
import { TokenSettingsForm } from './TokenSettingsForm.js';
import styles from './settings.module.css';

// Guards take a key, and keys end, without a revision that would say so.
const movingPollMs = 1_000;
const quietPollMs = 15_000;

export function TokenSettingsPage() {
  const { data, error, refetch, startPolling, stopPolling } = useQuery(tokenSettingsQuery, {
    fetchPolicy: 'cache-and-network',
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const settings = data?.tokenSettings;
  const isMoving = settings?.signingKeys.some((key) => key.state === 'published' || key.guardsBehind > 0) ?? false;
  useEffect(() => {
    startPolling(isMoving ? movingPollMs : quietPollMs);
    return stopPolling;
  }, [isMoving, startPolling, stopPolling]);
  return (
    <>
      <PageHeading title="Tokens" />
      {error ? <ProblemNote error={error} trying="The settings could not be loaded" /> : null}
      {!settings && !error ? <Loading lines={6} /> : null}
      {settings ? (
        <div className={styles['stack']}>
          <Panel title="Access tokens">
            <TokenSettingsForm settings={settings} />
            <Facts
              facts={[
                ['Issuer', <span className="mono">{settings.issuer}</span>],
                ['Token address', <span className="mono">{settings.tokenUrl}</span>],
                ['Last changed', settings.changedAt === null ? 'never' : <When at={settings.changedAt} />],
                ['By', settings.changedBy === null ? 'nobody' : <VisibleText text={settings.changedBy} />],
              ]}
            />
          </Panel>
          <SigningKeys keys={settings.signingKeys} />
        </div>
      ) : null}
    </>
  );
}
