import { TextInput } from '@mantine/core';
import type { ChangeEventHandler } from 'react';

interface IdFieldProps {
  readonly description: string;
  /** Why the server refused it. */
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: ChangeEventHandler<HTMLInputElement>;
}

const pattern = '[a-z0-9][a-z0-9\\-]{0,62}';

/** The identifier a person chooses once, with the same rule the server applies. */
export function IdField({ description, error, value, onChange }: IdFieldProps) {
  return (
    <TextInput
      label="Id"
      description={description}
      error={error}
      required
      pattern={pattern}
      title="1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit"
      data-autofocus
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={onChange}
    />
  );
}
