import { TextInput } from '@mantine/core';
import type { ChangeEventHandler } from 'react';

export type IssuerField = 'name' | 'audience' | 'jwksUri';

interface IssuerFieldsProps {
  readonly field: (name: IssuerField) => {
    readonly value: string;
    readonly onChange: ChangeEventHandler<HTMLInputElement>;
  };
  /** What the server refused about each. */
  readonly refused: Readonly<Partial<Record<IssuerField, string>>>;
}

/** What of an issuer can be changed later; its id and address cannot, for its users are named by them. */
export function IssuerFields({ field, refused }: IssuerFieldsProps) {
  return (
    <>
      <TextInput
        label="Audience"
        description="Its tokens must name this in aud: what your sign-in service calls this installation"
        required
        autoComplete="off"
        spellCheck={false}
        error={refused.audience}
        {...field('audience')}
      />
      <TextInput
        label="Address of its keys (JWKS)"
        description="Empty: read from the issuer’s metadata"
        type="url"
        autoComplete="off"
        spellCheck={false}
        error={refused.jwksUri}
        {...field('jwksUri')}
      />
    </>
  );
}
