import type { KeyObject } from 'node:crypto';
import {
  domains,
  killSwitchScopes,
  signedTextSchema,
  stopTicketSchema,
  type KillSwitchScope,
  type StopTicket,
} from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import type { FeedSigner } from './feed-signer.js';

export const stopTicketLifeMs = 12 * 3600 * 1000;
const longestTicket = 4096;

/** A bearer for the kill lane: base64url of the signed text's JSON. It is checked without the database (P-C1). */
export function issueStopTicket(
  signer: FeedSigner,
  person: string,
  scopes: readonly KillSwitchScope[] = killSwitchScopes,
  now = Date.now(),
): { ticket: string; expiresAt: number } {
  const expiresAt = now + stopTicketLifeMs;
  const payload: StopTicket = { v: 1, kid: signer.kid, person, scopes: [...scopes], issuedAt: now, expiresAt };
  const text = signer.sign(domains.stopTicket, JSON.stringify(payload));
  return { ticket: Buffer.from(JSON.stringify(text)).toString('base64url'), expiresAt };
}

/** Reads a ticket that one of these keys signed and that has not ended; anything else is `undefined`. */
export function readStopTicket(
  ticket: string,
  keys: ReadonlyMap<string, KeyObject>,
  now = Date.now(),
): StopTicket | undefined {
  if (ticket.length > longestTicket) return undefined;
  try {
    const text = signedTextSchema.parse(JSON.parse(Buffer.from(ticket, 'base64url').toString('utf8')));
    for (const [kid, key] of keys) {
      if (!isSignedBy(domains.stopTicket, text, key)) continue;
      const payload = stopTicketSchema.parse(JSON.parse(text.payload));
      return payload.kid === kid && payload.issuedAt <= now + 60_000 && now < payload.expiresAt ? payload : undefined;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
