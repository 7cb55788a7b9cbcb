import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { StateMark } from '../parts/StateMark.js';
import { visibleString } from '../parts/visible-text.js';
import type { StopAim } from '../shell/kill-switch-opener.js';
import { stopWords } from '../shell/stop-words.js';
import { isAimComplete, needsArming } from './aim.js';
import { Arming, useArming } from './Arming.js';
import { reachQuery } from './kill-switch.graphql.js';
import { Reach } from './Reach.js';
import { ReasonChoice } from './ReasonChoice.js';
import { ScopeChoice } from './ScopeChoice.js';
import styles from './StopForm.module.css';

export interface Confirmed {
  readonly aim: StopAim;
  readonly reason: string;
  readonly inFlight: number | null;
}

interface StopFormProps {
  readonly opened: { readonly aim: StopAim; readonly time: number };
  readonly isSending: boolean;
  readonly close: () => void;
  readonly whenConfirmed: (confirmed: Confirmed) => void;
}

const reachPollMs = 2_000;
const doubleClickMs = 500;

export function StopForm({ opened, isSending, close, whenConfirmed }: StopFormProps) {
  const [aim, setAim] = useState(opened.aim);
  const [reason, setReason] = useState('');
  const arming = useArming();
  const isComplete = isAimComplete(aim);
  const reach = useQuery(reachQuery, {
    variables: { scope: aim.scope, target: aim.scope === 'everything' ? '' : aim.target.trim() },
    skip: !isComplete,
    pollInterval: reachPollMs,
    fetchPolicy: 'network-only',
  });
  const choose = (next: StopAim) => {
    setAim(next);
    arming.disarm();
  };
  const isInert = !isComplete || (needsArming(aim) && !arming.isArmed);
  const isSettled = useSettled();
  const confirm = () => {
    if (isInert || !isSettled) return;
    whenConfirmed({ aim, reason, inFlight: reach.data?.killSwitchReach.inFlight ?? null });
  };
  return (
    <div className={styles['form']}>
      <ScopeChoice aim={aim} choose={choose} />
      <Reach isAsked={isComplete} reach={reach.data?.killSwitchReach ?? null} error={reach.error} />
      <ReasonChoice reason={reason} choose={setReason} />
      {needsArming(aim) ? <Arming arming={arming} /> : null}
      <div className={styles['actions']}>
        <Button className="tall" variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          className={`tall ${styles['confirm']}`}
          color="stop"
          loading={isSending}
          data-disabled={isInert || undefined}
          aria-disabled={isInert || !isSettled}
          onClick={confirm}
          data-testid="confirm-stop"
        >
          <StateMark kind="stopped">{confirmText(aim, isComplete, arming.isArmed)}</StateMark>
        </Button>
      </div>
    </div>
  );
}

/** The second half of a double click on the opener must not fire what the first half opened. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), doubleClickMs);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}

function confirmText(aim: StopAim, isComplete: boolean, isArmed: boolean): string {
  if (!isComplete) return 'Choose what to stop';
  if (needsArming(aim) && !isArmed) return 'Arm first';
  return `Stop ${visibleString(stopWords(aim.scope, aim.target.trim()))}`;
}
