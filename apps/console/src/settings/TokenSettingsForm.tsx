import { useMutation } from '@apollo/client/react';
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { TokenSettingsQuery } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { updateTokenSettingsMutation } from './settings.graphql.js';
import styles from './TokenSettingsPage.module.css';

const mostSeconds = 3_600;

export function TokenSettingsForm({ settings }: { readonly settings: TokenSettingsQuery['tokenSettings'] }) {
  const [update, { loading, error }] = useMutation(updateTokenSettingsMutation, { refetchQueries: ['TokenSettings'] });
  const [seconds, setSeconds] = useState<number | string>(settings.tokenLifeSeconds);
  const least = settings.leastTokenLifeSeconds;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = { tokenLifeSeconds: Math.round(Number(seconds)), requireDpop: settings.requireDpop };
    update({ variables: { input } }).catch(() => undefined);
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      {error ? <ProblemNote error={error} trying="Not saved" changed="Nothing changed." /> : null}
      <NumberInput
        label="Life of an access token, in seconds"
        description={`${least} to ${mostSeconds}. Of tokens made from now on; those in hand keep theirs.`}
        required
        min={least}
        max={mostSeconds}
        value={seconds}
        onChange={setSeconds}
      />
      <div>
        <ActButton needs="tokens:write" type="submit" loading={loading}>
          Save token settings
        </ActButton>
      </div>
    </form>
  );
}
