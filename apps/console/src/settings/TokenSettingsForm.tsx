import { useMutation } from '@apollo/client/react';
import { NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import type { TokenSettingsQuery } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { FormProblem } from '../parts/FormProblem.js';
import { Notice } from '../parts/Notice.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { updateTokenSettingsMutation } from './settings.graphql.js';
import styles from './settings.module.css';

const mostSeconds = 3_600;
const names = ['tokenLifeSeconds', 'requireDpop'] as const;

export function TokenSettingsForm({ settings }: { readonly settings: TokenSettingsQuery['tokenSettings'] }) {
  const [update, { loading, error, data }] = useMutation(updateTokenSettingsMutation, {
    refetchQueries: ['TokenSettings'],
    awaitRefetchQueries: true,
  });
  // Null: not touched here, so what the server says is shown, also when somebody else changes it meanwhile.
  const [typed, setSeconds] = useState<number | string | null>(null);
  const [switched, setSwitched] = useState<boolean | null>(null);
  const seconds = typed ?? settings.tokenLifeSeconds;
  const requireDpop = switched ?? settings.requireDpop;
  const isTouched = typed !== null || switched !== null;
  const { at, isPlaced } = refusalsAt(error, names);
  const least = settings.leastTokenLifeSeconds;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const input = { tokenLifeSeconds: Math.round(Number(seconds)), requireDpop };
    const answer = await update({ variables: { input } }).catch(() => null);
    if (!answer?.data) return;
    setSeconds(null);
    setSwitched(null);
  };
  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)}>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not saved" changed="Nothing changed." />
      <NumberInput
        label="Life of an access token, in seconds"
        description={`${least} to ${mostSeconds}. Of tokens made from now on; those in hand keep theirs.`}
        required
        min={least}
        max={mostSeconds}
        value={seconds}
        onChange={setSeconds}
        error={at.tokenLifeSeconds}
      />
      <Switch
        label="Every token must be bound to a key (DPoP)"
        description="A stolen token is then worth nothing without the private key that its agent keeps."
        checked={requireDpop}
        onChange={(event) => setSwitched(event.currentTarget.checked)}
        error={at.requireDpop}
      />
      {requireDpop && !settings.requireDpop ? <WhatItBreaks /> : null}
      <div>
        <ActButton needs="tokens:write" type="submit" loading={loading}>
          Save token settings
        </ActButton>{' '}
        <span role="status">{data && !loading && !isTouched ? 'Saved.' : ''}</span>
      </div>
    </form>
  );
}

function WhatItBreaks() {
  return (
    <Notice kind="caution" title="Agents that do not prove a key with each request get no token any more">
      <p>
        Which agents those are is not known: Portcullis sees it only when they ask. Tokens in hand go on until they end;
        after that such an agent is refused with <code>invalid_dpop_proof</code> until its client uses DPoP (RFC 9449).
        Turning this off again takes effect at once.
      </p>
    </Notice>
  );
}
