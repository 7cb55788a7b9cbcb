import { dpopAlgorithms, dpopLimits } from '@portcullis/contracts';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { z } from 'zod';
import { fits, proofKeySchema } from './proof-key.js';

const form = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;
const longestUrl = 2048;
const longestId = 256;

const headerSchema = z
  .looseObject({ typ: z.literal('dpop+jwt'), alg: z.enum(dpopAlgorithms), jwk: proofKeySchema })
  .refine(({ jwk, alg }) => fits(jwk, alg), { path: ['jwk'], error: 'another algorithm' })
  .refine((header) => !('crit' in header) && !('b64' in header), { path: ['crit'], error: 'not understood' });

const claimsSchema = z.object({
  htm: z.string(),
  htu: z.string().max(longestUrl),
  jti: z.string().min(1).max(longestId),
  iat: z.number(),
  ath: z.string().optional(),
  nonce: z.string().max(longestId).optional(),
});

/** What a DPoP proof says (RFC 9449 section 4.2). Nothing of it is true before `isSigned` was asked. `iat` is not believed at all. */
export interface Proof extends z.infer<typeof claimsSchema> {
  /** RFC 7638 SHA-256 thumbprint of the key in the proof. */
  readonly thumbprint: string;
  /** Whether the key in the proof signed it. */
  isSigned(): Promise<boolean>;
}

/** Reads a proof: its form, type, algorithm and key. The text says what is wrong with it. */
export async function readProof(text: string): Promise<Proof | string> {
  if (text.length > dpopLimits.longestProof) return 'the proof is too long';
  const [, first = '', second = ''] = form.exec(text) ?? [];
  const header = headerSchema.safeParse(parsed(first));
  if (!header.success) return `the proof's header ${header.error.issues[0]?.path.join('.') ?? ''}`;
  const claims = claimsSchema.safeParse(parsed(second));
  if (!claims.success) return `the proof's claim ${claims.error.issues[0]?.path.join('.') ?? ''}`;
  const { alg, jwk } = header.data;
  try {
    return {
      ...claims.data,
      thumbprint: await calculateJwkThumbprint(jwk),
      isSigned: () => isSignedBy(text, jwk, alg),
    };
  } catch {
    return "the proof's key";
  }
}

async function isSignedBy(text: string, jwk: z.infer<typeof proofKeySchema>, alg: string): Promise<boolean> {
  try {
    await compactVerify(text, await importJWK({ ...jwk, alg }, alg), { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
