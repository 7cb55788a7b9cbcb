import {
  canonicalIdentity,
  conversationScope,
  directoryScope,
  identityText,
  type ConstraintOf,
  type IdentityForm,
} from '@portcullis/contracts';
import type { Engines } from '../engines.js';
import type { ConstrainedCall, Records, Unrecorded, ValueCheck } from './constraint-check.js';

const forms: Readonly<Record<IdentityForm, string>> = {
  email: 'e-mail address',
  url: 'URL',
  account: 'account number',
  phone: 'phone number',
  text: 'text',
};

/**
 * A value that the user asked for himself, or that an admin put on a list; both are held as digests alone. Nothing else satisfies it:
 * not what a tool said, not the agent's word, not what was allowed before. Throws when the host gives no hash.
 */
export function compileProvenance(
  { as, request = false, directories = [] }: Omit<ConstraintOf<'provenance'>, 'kind' | 'path'>,
  { hash }: Engines,
  unrecorded: Unrecorded,
): ValueCheck {
  if (hash === undefined) throw new Error('this host cannot compare with what stands in records and directories');
  const digest = (scope: string, canonical: string) => hash.sha256(identityText(scope, { as, canonical }));
  const unlisted = `stands in none of ${directories.join(', ')}`;
  return (value, call, records) => {
    const canonical = typeof value === 'string' ? canonicalIdentity(as, value) : undefined;
    if (canonical === undefined) return `is no ${forms[as]} written plainly`;
    const isIn = (id: string) => records.directories.get(id)?.entries.has(digest(directoryScope(id), canonical));
    if (directories.some(isIn)) return undefined;
    if (!request) return unlisted;
    const requested = requestedIn(call, records);
    if (requested === undefined)
      return unrecorded === 'held' ? undefined : 'has no record that says where it comes from';
    const { conversation = '' } = call.claims;
    return requested.has(digest(conversationScope(conversation), canonical))
      ? undefined
      : "is not from the user's request";
  };
}

function requestedIn({ claims }: ConstrainedCall, { conversations }: Records): ReadonlySet<string> | undefined {
  return claims.conversation === undefined ? undefined : conversations.get(claims.conversation)?.requested;
}
