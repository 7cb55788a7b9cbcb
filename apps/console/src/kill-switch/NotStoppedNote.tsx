import { Button } from '@mantine/core';
import { Notice } from '../parts/Notice.js';
import { VisibleText } from '../parts/VisibleText.js';
import { StopElsewhere } from '../shell/StopElsewhere.js';
import type { StopAim } from '../shell/kill-switch-opener.js';
import { stopWords } from '../shell/stop-words.js';
import type { Attempt } from './engage.js';

interface NotStoppedNoteProps {
  readonly aim: StopAim;
  readonly attempts: readonly Attempt[];
  readonly stopUrl: string;
  readonly retry: () => void;
}

export function NotStoppedNote({ aim, attempts, stopUrl, retry }: NotStoppedNoteProps) {
  return (
    <Notice
      kind="stopped"
      isAlert
      title={
        <>
          NOT STOPPED: <VisibleText text={stopWords(aim.scope, aim.target)} />
        </>
      }
    >
      <p>The control plane did not accept it on any way.</p>
      <ul>
        {attempts.map((attempt) => (
          <li key={attempt.by}>
            {attempt.by}: <VisibleText text={attempt.failure} />
          </li>
        ))}
      </ul>
      <p>
        <Button className="tall" color="stop" onClick={retry}>
          Retry
        </Button>
      </p>
      <StopElsewhere stopUrl={stopUrl} aim={aim} />
    </Notice>
  );
}
