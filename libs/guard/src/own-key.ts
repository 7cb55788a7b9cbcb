import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { GuardError } from './guard-error.js';
import type { StateFolder } from './state-folder.js';

const publicJwkSchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) });

/** The guard's own Ed25519 key: made here, never sent anywhere; its signature is the guard's identity (protocol F2). */
export interface OwnKey {
  readonly privateKey: KeyObject;
  readonly publicJwk: z.infer<typeof publicJwkSchema>;
}

const fileName = 'key.pem';

/** Reads the key from the state folder, or makes it. Throws `state_folder_unusable` when the file is not a key. */
export function ownKeyIn(folder: StateFolder): OwnKey {
  const pem = folder.read(fileName) ?? newKeyIn(folder);
  try {
    const privateKey = createPrivateKey(pem);
    return { privateKey, publicJwk: publicJwkSchema.parse(createPublicKey(privateKey).export({ format: 'jwk' })) };
  } catch (cause) {
    throw new GuardError('state_folder_unusable', `${folder.file(fileName)} is not an Ed25519 key`, { cause });
  }
}

function newKeyIn(folder: StateFolder): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  folder.write(fileName, pem);
  return pem;
}
