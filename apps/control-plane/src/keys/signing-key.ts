import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { publicKeyHash } from '@portcullis/contracts/signed';
import type pg from 'pg';
import { StartRefusal } from '../platform/start-refusal.js';
import { seal, unseal } from './seal.js';

export type KeyPurpose = 'root' | 'feed' | 'token';
export type SigningKeyState = 'published' | 'signing' | 'verifying' | 'withdrawn';

export interface SigningKey {
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly state: SigningKeyState;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
}

type Queryable = Pick<pg.ClientBase, 'query'>;
interface KeyRow {
  kid: string;
  purpose: KeyPurpose;
  state: SigningKeyState;
  public_jwk: Record<string, unknown>;
  sealed_private_key: Buffer | null;
  not_before: Date;
  not_after: Date;
}

const validForMs = 10 * 365 * 24 * 3600 * 1000;

/** Root and feed keys are Ed25519, token keys P-256 (ES256). The key id is the SHA-256 of the public key. */
export function makeSigningKey(purpose: KeyPurpose, now: number, state: SigningKeyState = 'signing'): SigningKey {
  const { privateKey, publicKey } =
    purpose === 'token' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const kid = publicKeyHash(publicKey);
  return { kid, purpose, state, privateKey, publicKey, notBefore: now, notAfter: now + validForMs };
}

export async function storeSigningKey(client: Queryable, kek: Buffer, key: SigningKey): Promise<void> {
  const secret = key.privateKey.export({ type: 'pkcs8', format: 'der' });
  await client.query(
    `insert into signing_key (kid, purpose, public_jwk, sealed_private_key, not_before, not_after, state) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      key.kid,
      key.purpose,
      key.publicKey.export({ format: 'jwk' }),
      seal(kek, key.kid, secret),
      new Date(key.notBefore),
      new Date(key.notAfter),
      key.state,
    ],
  );
}

/** The keys of a purpose whose private half is here, oldest first. */
export async function loadSigningKeys(client: Queryable, kek: Buffer, purpose: KeyPurpose): Promise<SigningKey[]> {
  const found = await client.query<KeyRow>(
    `select kid, purpose, state, public_jwk, sealed_private_key, not_before, not_after from signing_key
     where purpose = $1 and sealed_private_key is not null and state <> 'withdrawn' order by created_at, kid`,
    [purpose],
  );
  return found.rows.map((row) => openRow(row, kek));
}

function openRow(row: KeyRow, kek: Buffer): SigningKey {
  const { kid, purpose, state } = row;
  try {
    const secret = unseal(kek, kid, row.sealed_private_key ?? Buffer.alloc(0));
    const privateKey = createPrivateKey({ key: secret, type: 'pkcs8', format: 'der' });
    const publicKey = createPublicKey(privateKey);
    return {
      kid,
      purpose,
      state,
      privateKey,
      publicKey,
      notBefore: row.not_before.getTime(),
      notAfter: row.not_after.getTime(),
    };
  } catch (cause) {
    throw new StartRefusal(
      'config_invalid',
      `the ${purpose} key cannot be opened with this key-encryption key`,
      'point PORTCULLIS_KEK_FILE at the file this database was made with',
      'configuration',
      { cause },
    );
  }
}
