import { Button, Switch } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import styles from './Arming.module.css';

const armedForMs = 30_000;

export interface ArmingState {
  readonly isArmed: boolean;
  readonly secondsLeft: number;
  readonly arm: () => void;
  readonly extend: () => void;
  readonly disarm: () => void;
}

/** Arming lapses by itself after thirty seconds unless extended. */
export function useArming(): ArmingState {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until === 0) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) setUntil(0);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const arm = useCallback(() => {
    setNow(Date.now());
    setUntil(Date.now() + armedForMs);
  }, []);
  const extend = useCallback(() => setUntil((before) => (before === 0 ? 0 : before + armedForMs)), []);
  const disarm = useCallback(() => setUntil(0), []);
  return { isArmed: until > now, secondsLeft: Math.max(0, Math.ceil((until - now) / 1000)), arm, extend, disarm };
}

export function Arming({ arming }: { readonly arming: ArmingState }) {
  return (
    <div className={styles['guard']}>
      <div className={styles['inside']}>
        <Switch
          label="Arm"
          size="md"
          checked={arming.isArmed}
          onChange={(event) => (event.currentTarget.checked ? arming.arm() : arming.disarm())}
          description="Wide scope: arms the button below for 30 s"
        />
        {arming.isArmed ? (
          <span className={styles['left']}>
            <span>armed, {arming.secondsLeft} s left</span>
            <Button size="compact-sm" variant="default" onClick={arming.extend}>
              +30 s
            </Button>
          </span>
        ) : null}
      </div>
    </div>
  );
}
