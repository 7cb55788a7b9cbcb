import {
  domains,
  reportAnswerSchema,
  signedTextSchema,
  type ReportAnswer,
  type SignedText,
} from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import type { KeyObject } from 'node:crypto';
import { kidOf } from './open-envelope.js';

/** Whom the answer must be for: this guard, this boot, this very report. */
export interface Expected {
  readonly guard: string;
  readonly boot: string;
  readonly nonce: string;
}

/** The keys an answer may be signed with, and the way to take newer ones. */
export interface AnswerKeys {
  readonly feedKey: (kid: string, at: number) => KeyObject | undefined;
  /** Takes a key set if the root signed it with a higher number. */
  readonly offer: (keySet: SignedText) => void;
}

/**
 * The answer to a report, if a feed key signed it for exactly this guard, boot and nonce. The key's validity is asked at the
 * time the answer itself carries, because a guard that has just started knows no other. A newer key set in it is taken
 * first: the root key vouches for that one by itself, and it may hold the very key that signed the answer.
 */
export function openAnswer(body: unknown, expected: Expected, keys: AnswerKeys): ReportAnswer | undefined {
  try {
    const text = signedTextSchema.parse(body);
    const payload: unknown = JSON.parse(text.payload);
    const answer = reportAnswerSchema.parse(payload);
    if (answer.keySet) keys.offer(answer.keySet);
    const key = keys.feedKey(kidOf(payload) ?? '', answer.controlTime);
    if (!key || !isSignedBy(domains.answer, text, key)) return undefined;
    const isOurs = answer.guard === expected.guard && answer.boot === expected.boot && answer.nonce === expected.nonce;
    return isOurs ? answer : undefined;
  } catch {
    return undefined;
  }
}
