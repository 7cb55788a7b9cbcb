import { Notice } from '../parts/Notice.js';
import { shortKid } from './signing-key-texts.js';

interface KeyProgressProps {
  readonly kid: string;
  /** Guards with a lease that do not hold the new key yet. */
  readonly guardsBehind: number;
}

/** A rotation under way: how many guards the new key still waits for. */
export function KeyProgress({ kid, guardsBehind }: KeyProgressProps) {
  const waiting = `${guardsBehind} ${guardsBehind === 1 ? 'guard does' : 'guards do'} not hold it yet`;
  return (
    <Notice
      kind="moving"
      title={<span role="status">{`New key ${shortKid(kid)}: ${progressOf(guardsBehind, waiting)}`}</span>}
    >
      <p>
        Nothing is signed with it before every guard that holds a lease can verify it, so no call fails. A guard that is
        cut off stops counting when its lease ends. There is nothing to do here.
      </p>
    </Notice>
  );
}

function progressOf(guardsBehind: number, waiting: string): string {
  return guardsBehind === 0 ? 'every guard holds it; it signs from the next moment on' : waiting;
}
