import { Code } from '@mantine/core';
import { CopyButton } from '../parts/CopyButton.js';
import { visibleString } from '../parts/visible-text.js';
import { laneScope } from './stop-words.js';
import type { StopAim } from './kill-switch-opener.js';

interface StopElsewhereProps {
  readonly stopUrl?: string;
  readonly aim?: StopAim;
}

/** The two ways to stop that need nothing of this console. */
export function StopElsewhere({ stopUrl = '/stop', aim }: StopElsewhereProps) {
  const line = aim ? `portcullis kill ${laneScope(aim.scope)} ${aim.target}`.trim() : 'portcullis kill agent AGENT-ID';
  return (
    <div>
      <p>
        Stop page: <a href={stopUrl}>{visibleString(stopUrl)}</a>
      </p>
      <p>
        Command line: <Code>{visibleString(line)}</Code> <CopyButton value={line} label="Copy line" />
      </p>
    </div>
  );
}
