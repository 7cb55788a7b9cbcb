import { domains, envelopePayloadSchema, signedTextSchema, type EnvelopePayload } from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import type { KeyObject } from 'node:crypto';

/** Finds the feed key of that id if it may be used now. */
export type FeedKeyLookup = (kid: string) => KeyObject | undefined;

/**
 * What a frame of the feed says, if a feed key signed exactly these bytes (protocol D2). The key id is read from the payload
 * before it is verified; nothing else is. There is no way to switch the verification off.
 */
export function openEnvelope(frame: unknown, feedKey: FeedKeyLookup): EnvelopePayload | undefined {
  if (typeof frame !== 'string') return undefined;
  try {
    const text = signedTextSchema.parse(JSON.parse(frame));
    const payload: unknown = JSON.parse(text.payload);
    const key = feedKey(kidOf(payload) ?? '');
    if (!key || !isSignedBy(domains.feed, text, key)) return undefined;
    return envelopePayloadSchema.parse(payload);
  } catch {
    return undefined;
  }
}

/** The `kid` of a parsed payload, whatever else it is. */
export function kidOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('kid' in payload)) return undefined;
  return typeof payload.kid === 'string' ? payload.kid : undefined;
}
