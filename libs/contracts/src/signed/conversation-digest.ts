import {
  canonicalIdentity,
  conversationScope,
  directoryScope,
  identitiesOf,
  identityText,
  type Identity,
  type IdentityForm,
} from '../identity-forms.js';
import { sha256Text } from './sha256-text.js';

/** A value of a user's request, and its form where it is known. */
export type RequestedValue = string | { readonly as: IdentityForm; readonly value: string };

/**
 * Digests of values of the user's request (payees, recipients, addresses, accounts), for a conversation's `digests`: base64url
 * SHA-256 over the conversation's id in lower case, the form and the canonical value, closed by a zero byte each but the last. The
 * id keeps equal values of two conversations apart. A value without a form is taken in every form in which it can be read, so that
 * whoever registers it need not know in which one a grant asks; one that cannot be read gives none. Blanks around it do not count.
 */
export function conversationDigests(conversation: string, values: readonly RequestedValue[]): readonly string[] {
  const scope = conversationScope(conversation);
  const texts = new Set(values.flatMap(identities).map((identity) => identityText(scope, identity)));
  return [...texts].map(sha256Text);
}

function identities(requested: RequestedValue): readonly Identity[] {
  if (typeof requested === 'string') return identitiesOf(requested.trim());
  const { as, value } = requested;
  const canonical = canonicalIdentity(as, value.trim());
  return canonical === undefined ? [] : [{ as, canonical }];
}

/** Digest of one entry of a directory. */
export function directoryDigest(directory: string, identity: Identity): string {
  return sha256Text(identityText(directoryScope(directory), identity));
}
