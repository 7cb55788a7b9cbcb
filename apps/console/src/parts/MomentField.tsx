import { TextInput } from '@mantine/core';
import type { ChangeEventHandler } from 'react';

interface MomentFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: ChangeEventHandler<HTMLInputElement>;
}

/** A moment in the person's own time zone; empty means none. */
export function MomentField(props: MomentFieldProps) {
  return <TextInput type="datetime-local" step={1} {...props} />;
}
