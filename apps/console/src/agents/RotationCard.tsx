import { useState } from 'react';
import type { AgentCredentialsFragment, CredentialPartsFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Facts } from '../parts/Facts.js';
import { Panel } from '../parts/Panel.js';
import { useNow, When } from '../parts/When.js';
import { ActivateCredential } from './ActivateCredential.js';
import { CredentialStatus } from './CredentialStatus.js';
import { FinishRotation } from './FinishRotation.js';
import { IssueCredential } from './IssueCredential.js';
import { LastUsed } from './LastUsed.js';
import { RetireCredential } from './RetireCredential.js';
import styles from './RotationCard.module.css';
import { RotationMark } from './RotationMark.js';
import { finishVerdict, rotationOf, type RotationStage } from './rotation.js';
import { verdictTexts } from './rotation-texts.js';

interface RotationCardProps {
  readonly agent: string;
  readonly credentials: readonly CredentialPartsFragment[];
  readonly policy: AgentCredentialsFragment['rotationPolicy'];
}
type Step = 'activate' | 'retire' | 'finish';

const leads: Record<RotationStage, string> = {
  none: 'No credential of this agent gets tokens.',
  idle: 'One credential gets tokens. To replace it without an outage: prepare the next, hand it to the agent, activate it, retire the old one.',
  prepared: 'The new credential is known everywhere and gets no tokens yet. Hand it to the agent, then activate it.',
  activated: 'Both get tokens. When the agent uses the new one, retire the old one.',
  overlap: 'The old credential ends by itself when its overlap is over. Finish ends it now.',
};

/** One rotation, old and new side by side. */
export function RotationCard({ agent, credentials, policy }: RotationCardProps) {
  const { stage, old, next } = rotationOf(credentials);
  const [step, setStep] = useState<{ readonly name: Step; readonly on: CredentialPartsFragment } | null>(null);
  const close = () => setStep(null);
  return (
    <Panel title="Rotation" actions={<IssueCredential agent={agent} isPrepared isOffered={stage === 'idle'} />}>
      {policy && policy.state !== 'fine' ? (
        <p>
          <RotationMark {...policy} />
        </p>
      ) : null}
      <p>{leads[stage]}</p>
      <div className={styles['pair']}>
        {old ? <Side title={stage === 'idle' ? 'Now' : 'Old'} credential={old} /> : null}
        {next ? <Side title="New" credential={next} /> : null}
      </div>
      {stage === 'prepared' && next ? (
        <StepButton onClick={() => setStep({ name: 'activate', on: next })}>Activate {next.prefix}…</StepButton>
      ) : null}
      {stage === 'activated' && old ? (
        <StepButton onClick={() => setStep({ name: 'retire', on: old })}>Retire {old.prefix}…</StepButton>
      ) : null}
      {stage === 'overlap' && old ? (
        <Finish old={old} next={next} finish={() => setStep({ name: 'finish', on: old })} />
      ) : null}
      {step?.name === 'activate' ? <ActivateCredential {...step.on} agent={agent} close={close} /> : null}
      {step?.name === 'retire' ? <RetireCredential {...step.on} agent={agent} close={close} /> : null}
      {step?.name === 'finish' ? <FinishRotation old={step.on} next={next} agent={agent} close={close} /> : null}
    </Panel>
  );
}

function StepButton(props: {
  readonly onClick: () => void;
  readonly variant?: string;
  readonly children: React.ReactNode;
}) {
  return <ActButton needs="credentials:write" {...props} />;
}

function Side({ title, credential }: { readonly title: string; readonly credential: CredentialPartsFragment }) {
  return (
    <section className={styles['side']} aria-label={`${title} credential`}>
      <h3>
        {title} <span className="mono">{credential.prefix}…</span>
      </h3>
      <Facts
        facts={[
          ['Status', <CredentialStatus {...credential} />],
          ['Last used', <LastUsed credential={credential} />],
          ['Active since', <ActiveSince {...credential} />],
        ]}
      />
    </section>
  );
}

/** What was never prepared is active since it was issued. */
function ActiveSince({ status, activatedAt, createdAt }: CredentialPartsFragment) {
  return status === 'prepared' ? 'not yet' : <When at={activatedAt ?? createdAt} />;
}

interface FinishProps {
  readonly old: CredentialPartsFragment;
  readonly next: CredentialPartsFragment | null;
  readonly finish: () => void;
}

function Finish({ old, next, finish }: FinishProps) {
  const verdict = finishVerdict(old, next, useNow());
  return (
    <div className={styles['finish']} data-verdict={verdict}>
      <p>{verdictTexts[verdict]}</p>
      {verdict === 'silent' ? (
        <StepButton onClick={finish}>Finish</StepButton>
      ) : (
        <StepButton variant="default" onClick={finish}>
          Finish anyway…
        </StepButton>
      )}
    </div>
  );
}
