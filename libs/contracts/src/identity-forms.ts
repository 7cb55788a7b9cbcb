import { z } from 'zod';
import { hostIn } from './host-in.js';

/** The forms of values by which money, messages and requests find their way: a payee, a recipient, an address. */
export const identityForms = ['email', 'url', 'account', 'phone', 'text'] as const;
/** One of `identityForms`. */
export type IdentityForm = (typeof identityForms)[number];
/** Reads an identity form from outside; anything not in the list is refused. */
export const identityFormSchema = z.enum(identityForms, { error: 'use email, url, account, phone or text' });

/** The longest text that is read as an identity, in UTF-16 units. */
export const longestIdentity = 2048;

const readers: Readonly<Record<IdentityForm, (text: string) => string | undefined>> = {
  email: emailOf,
  url: urlOf,
  account: accountOf,
  phone: phoneOf,
  text: (text) => text.trim() || undefined,
};

/**
 * The one way in which a value is written, so that what a person wrote and what an agent sends can be compared. `undefined`: it
 * is not of that form, is longer than `longestIdentity`, or holds what two readers may read differently. Pure; whoever registers
 * a value and whoever asks for it use this very function.
 *
 * - `email` — one plain address; the domain in lower case and ASCII, the part before the `@` as it is.
 * - `url` — by http or https, without user information and climbing segments; host in lower case, path and query percent-encoded
 *   alike, without the fragment. A bare host is its https address.
 * - `account` — an account or card number or an IBAN: letters, digits, `-` and `/`, without blanks and in upper case.
 * - `phone` — `+` and digits; a leading `00` is `+`; blanks, dots, hyphens and parentheses between digits do not count.
 * - `text` — any other text, in Unicode NFC without blanks around it, code point by code point.
 */
export function canonicalIdentity(as: IdentityForm, value: string): string | undefined {
  if (value.length > longestIdentity || /\p{Cc}/u.test(value)) return undefined;
  return readers[as](value.normalize('NFC'));
}

/** An identity in its form, written canonically. */
export interface Identity {
  readonly as: IdentityForm;
  readonly canonical: string;
}

/** The value in every form in which it can be read: what is registered of a user's request when nobody says which form it has. */
export function identitiesOf(value: string): readonly Identity[] {
  return identityForms.flatMap((as) => {
    const canonical = canonicalIdentity(as, value);
    return canonical === undefined ? [] : [{ as, canonical }];
  });
}

/** What is hashed of an identity. The scope keeps equal values of two conversations, or directories, apart. */
export function identityText(scope: string, { as, canonical }: Identity): string {
  return `${scope}\0${as}\0${canonical}`;
}

/** The scope of what a conversation's user asked for. */
export const conversationScope = (conversation: string): string => conversation.toLowerCase();

/** The scope of the entries of a directory. */
export const directoryScope = (directory: string): string => `directory:${directory}`;

const mailbox = /^([^\s@"(),:;<>[\]\\\p{Cf}]{1,64})@([^@:[\]/?#]{1,253})$/u;

function emailOf(text: string): string | undefined {
  const [, local, domain = ''] = mailbox.exec(text) ?? [];
  const found = local === undefined ? undefined : hostIn(domain);
  return found && `${local}@${found.host}`;
}

const climbing = /(^|\/)(\.|%2e){1,2}(\/|$)/i;

function urlOf(text: string): string | undefined {
  const found = hostIn(text);
  if (found === undefined) return undefined;
  const { scheme = 'https', host } = found;
  if (scheme !== 'https' && scheme !== 'http') return undefined;
  const [, rest = ''] = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(text) ?? [];
  const [path = ''] = rest.split('?');
  if (climbing.test(path)) return undefined;
  const { pathname, search } = new URL(`${scheme}://${host}${rest}`);
  return `${scheme}://${host}${alike(pathname)}${alike(search)}`;
}

const alike = (encoded: string): string => encoded.replaceAll(/%[0-9a-f]{2}/gi, (sign) => sign.toUpperCase());

function accountOf(text: string): string | undefined {
  const plain = text.replaceAll(/\p{Zs}/gu, '');
  return /^[a-z0-9][a-z0-9/-]{1,63}$/i.test(plain) ? plain.toUpperCase() : undefined;
}

function phoneOf(text: string): string | undefined {
  if (!/^\+?[\d(][\d().\-\p{Zs}]*$/u.test(text)) return undefined;
  const plain = text.replaceAll(/[^+\d]/g, '').replace(/^00/, '+');
  return /^\+?\d{6,15}$/.test(plain) ? plain : undefined;
}
