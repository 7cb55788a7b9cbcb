import { useState } from 'react';
import type { TokenSettingsQuery } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useNow, When } from '../parts/When.js';
import { RotateSigningKey } from './RotateSigningKey.js';
import { KeyProgress } from './KeyProgress.js';
import styles from './settings.module.css';
import { shortKid, signingKeyKinds, signingKeyTexts } from './signing-key-texts.js';
import { WithdrawSigningKey } from './WithdrawSigningKey.js';

type SigningKey = TokenSettingsQuery['tokenSettings']['signingKeys'][number];

/** The keys that access tokens are signed with: one signs, older ones verify what they signed, a new one is on its way. */
export function SigningKeys({ keys }: { readonly keys: readonly SigningKey[] }) {
  const [isRotating, setRotating] = useState(false);
  const [withdrawing, setWithdrawing] = useState<string | null>(null);
  const coming = keys.find(({ state }) => state === 'published');
  return (
    <Panel
      title="Signing keys"
      actions={
        coming ? null : (
          <ActButton needs="tokens:write" size="compact-sm" variant="default" onClick={() => setRotating(true)}>
            Rotate signing key
          </ActButton>
        )
      }
    >
      {coming ? <KeyProgress kid={coming.kid} guardsBehind={coming.guardsBehind} /> : null}
      <PlainTable
        label="Signing keys"
        heads={['Key', 'State', 'Since', 'Act']}
        rows={keys.map((key) => ({ id: key.kid, cells: cellsOf(key, () => setWithdrawing(key.kid)) }))}
      />
      {isRotating ? <RotateSigningKey close={() => setRotating(false)} /> : null}
      {withdrawing === null ? null : <WithdrawSigningKey kid={withdrawing} close={() => setWithdrawing(null)} />}
    </Panel>
  );
}

function cellsOf({ kid, state, since, notAfter, guardsBehind }: SigningKey, withdraw: () => void) {
  return [
    <span className={styles['kid']} title={kid}>
      <VisibleText text={shortKid(kid)} />
    </span>,
    <>
      <StateMark kind={signingKeyKinds[state]}>{state}</StateMark> <span className="dim">{signingKeyTexts[state]}</span>{' '}
      <SoonOver state={state} notAfter={notAfter} />
      {state === 'withdrawn' && guardsBehind > 0 ? (
        <StateMark kind="moving">
          {guardsBehind === 1 ? '1 guard still takes it' : `${guardsBehind} guards still take it`}
        </StateMark>
      ) : null}
    </>,
    <When at={since} />,
    state === 'verifying' ? (
      <ActButton needs="tokens:write" size="compact-sm" color="stop" onClick={withdraw}>
        Withdraw {shortKid(kid)} now
      </ActButton>
    ) : null,
  ];
}

const soonMs = 30 * 86_400_000;

/** Said when a key that signs is near its own end: after that no guard takes what it signed. */
function SoonOver({ state, notAfter }: Pick<SigningKey, 'state' | 'notAfter'>) {
  const now = useNow(false);
  if (state !== 'signing' || notAfter - now > soonMs) return null;
  return (
    <StateMark kind="caution">
      ends <When at={notAfter} />: rotate it before
    </StateMark>
  );
}
