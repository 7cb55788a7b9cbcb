import { Textarea, TextInput } from '@mantine/core';
import { refusalsAt } from '../parts/refusals-at.js';
import { PublicKeyProblem, type KeySource } from './credential-kinds.js';

interface KeyFieldProps {
  readonly source: KeySource;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Why the last try was refused, where that is about this field. */
  readonly refused: string | undefined;
}

/** What a choice of key asks for beside the choice itself; nothing for a pair made here and for a secret. */
export function KeyField({ source, text, setText, refused }: KeyFieldProps) {
  if (source === 'jwk') {
    return (
      <Textarea
        label="Public JWK"
        required
        rows={5}
        spellCheck={false}
        error={refused}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    );
  }
  if (source !== 'jwks') return null;
  return (
    <TextInput
      label="Address of its keys (JWKS)"
      description="A public https address. It is read now, and again when the agent shows a key that is not known yet"
      required
      type="url"
      autoComplete="off"
      spellCheck={false}
      error={refused}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

/** What of a refusal belongs at the key field of `source`. */
export function keyRefusal(error: unknown, source: KeySource) {
  if (error instanceof PublicKeyProblem) return { refused: error.message, isPlaced: source === 'jwk' };
  const field = source === 'jwks' ? 'jwksUri' : 'publicJwk';
  const isShown = source === 'jwks' || source === 'jwk';
  const { at, isPlaced } = refusalsAt(error, isShown ? [field] : [], {
    ...(source === 'jwks' ? { key_address_refused: field, key_refused: field } : {}),
    ...(source === 'jwk' ? { key_refused: field } : {}),
  });
  return { refused: at[field], isPlaced };
}
