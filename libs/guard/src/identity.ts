import type { KeyObject } from 'node:crypto';
import { signedTextSchema, type EnrolAnswer, type KeySet, type SignedText } from '@portcullis/contracts';
import { z } from 'zod';
import { GuardError } from './guard-error.js';
import { openKeySet, rootKeyOf } from './key-set.js';
import type { StateFolder } from './state-folder.js';

const fileName = 'identity.json';
const identitySchema = z.object({
  guard: z.string(),
  server: z.string(),
  resource: z.string(),
  rootKey: z.string(),
  rootHash: z.string(),
  keySet: signedTextSchema,
});
type IdentityText = z.infer<typeof identitySchema>;

/** Who this guard is and whom it believes: what enrolment gave, kept in the state folder. */
export interface Identity {
  readonly guard: string;
  readonly server: string;
  readonly resource: string;
  readonly rootKey: KeyObject;
  readonly rootHash: string;
  readonly keySet: KeySet;
}

/** An enrolment's answer as an identity; `undefined` when its root key is not the join token's or did not sign the key set. */
export function identityFrom(answer: EnrolAnswer, rootHash: string): Identity | undefined {
  const rootKey = rootKeyOf(answer.rootKey, rootHash);
  const keySet = rootKey && openKeySet(answer.keySet, rootKey);
  if (!rootKey || !keySet) return undefined;
  return { guard: answer.guard, server: answer.server, resource: answer.resource, rootKey, rootHash, keySet };
}

/** The identity in the state folder, verified anew. Throws `state_folder_unusable` when it does not verify. */
export function readIdentity(folder: StateFolder): Identity | undefined {
  const text = folder.readJson(fileName, identitySchema);
  if (!text) return undefined;
  const identity = identityFrom(text, text.rootHash);
  if (!identity) throw new GuardError('state_folder_unusable', `${folder.file(fileName)} does not verify; enrol again`);
  return identity;
}

export function writeIdentity(folder: StateFolder, answer: EnrolAnswer, rootHash: string): void {
  const { guard, server, resource, rootKey, keySet } = answer;
  folder.write(fileName, JSON.stringify({ guard, server, resource, rootKey, rootHash, keySet } satisfies IdentityText));
}

/** Keeps a newer key set for the next boot. */
export function writeKeySet(folder: StateFolder, keySet: SignedText): void {
  const text = folder.readJson(fileName, identitySchema);
  if (text) folder.write(fileName, JSON.stringify({ ...text, keySet }));
}
