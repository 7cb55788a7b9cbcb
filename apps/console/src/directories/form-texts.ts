import type { IdentityForm } from '../gql/graphql.js';

/** What a directory of each form holds: in the list, and as one of its lines has to be written. */
export const formTexts: Readonly<Record<IdentityForm, { readonly holds: string; readonly line: string }>> = {
  email: { holds: 'e-mail addresses', line: 'a plain e-mail address such as ada@example.com' },
  url: { holds: 'web addresses', line: 'an http or https address without a user in it' },
  account: { holds: 'accounts', line: 'an account number or IBAN out of letters, digits, - and /' },
  phone: { holds: 'phone numbers', line: 'a phone number such as +49 30 1234567' },
  text: { holds: 'texts', line: 'a text without control characters' },
};
