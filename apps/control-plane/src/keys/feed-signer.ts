import type { KeyObject } from 'node:crypto';
import type { Domain, SignedText } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import type pg from 'pg';
import { StartRefusal } from '../platform/start-refusal.js';
import { loadSigningKeys } from './signing-key.js';

/** Signs what a replica sends: envelopes, answers, stop tickets. Never a key set (P-D4). */
export interface FeedSigner {
  readonly kid: string;
  readonly publicKey: KeyObject;
  sign(domain: Exclude<Domain, 'portcullis/key-set/v1' | 'portcullis/generation/v1'>, payload: string): SignedText;
}

export async function loadFeedSigner(pool: Pick<pg.ClientBase, 'query'>, kek: Buffer): Promise<FeedSigner> {
  const key = (await loadSigningKeys(pool, kek, 'feed')).at(-1);
  if (key === undefined)
    throw new StartRefusal(
      'schema_ahead',
      'this database holds no feed key',
      'run the migrations (npm run migrate)',
      'migration',
    );
  return {
    kid: key.kid,
    publicKey: key.publicKey,
    sign: (domain, payload) => signText(domain, payload, key.privateKey),
  };
}
