import { useQuery } from '@apollo/client/react';
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
import styles from './TokenSettingsPage.module.css';

export function TokenSettingsPage() {
  const { data, error, refetch } = useQuery(tokenSettingsQuery, { fetchPolicy: 'cache-and-network' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const settings = data?.tokenSettings;
  return (
    <>
      <PageHeading title="Tokens" />
      {error ? <ProblemNote error={error} trying="The settings could not be loaded" /> : null}
      {!settings && !error ? <Loading lines={6} /> : null}
      {settings ? (
        <div className={styles['stack']}>
          <Panel title="Access tokens">
            <TokenSettingsForm key={settings.changedAt} settings={settings} />
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
