import { createHash } from 'node:crypto';

/**
 * Digest of one value of the user's request, for a conversation's `digests`: base64url SHA-256 over the conversation's id, a
 * zero byte and the value in Unicode NFC, trimmed. The id keeps equal values of two conversations apart.
 */
export function conversationDigest(conversation: string, value: string): string {
  return createHash('sha256')
    .update(`${conversation}\0${value.normalize('NFC').trim()}`)
    .digest('base64url');
}
