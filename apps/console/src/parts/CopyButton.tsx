import { Button } from '@mantine/core';
import { useState } from 'react';

interface CopyButtonProps {
  readonly value: string;
  readonly label: string;
}

export function CopyButton({ value, label }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = () => {
    copyText(value).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return (
    <Button size="compact-sm" variant="default" onClick={copy} onBlur={() => setState('idle')}>
      <span aria-live="polite">
        {state === 'idle' ? label : state === 'copied' ? 'Copied' : 'Copy by hand: the browser refused'}
      </span>
    </Button>
  );
}

// The clipboard API is missing on plain HTTP beyond loopback; a rejected promise then tells the person.
async function copyText(value: string): Promise<void> {
  await navigator.clipboard.writeText(value);
}
