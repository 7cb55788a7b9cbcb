import { canonicalIdentity, type IdentityForm } from '@portcullis/contracts';
import { Refusal } from '../platform/refusal.js';

const forms: Readonly<Record<IdentityForm, string>> = {
  email: 'a plain e-mail address such as ada@example.com',
  url: 'an http or https URL without user information',
  account: 'an account number or IBAN out of letters, digits, - and /',
  phone: 'a phone number such as +49 30 1234567',
  text: 'a text without control characters',
};

/** The values by the form in which they are compared; each that cannot be read is refused at its place. */
export function readEntries(holds: IdentityForm, values: readonly string[]): ReadonlyMap<string, string> {
  const read = values.map((value) => [canonicalIdentity(holds, value), value] as const);
  const fields = read.flatMap(([canonical], at) =>
    canonical === undefined ? [{ path: `values.${at}`, message: `write ${forms[holds]}` }] : [],
  );
  const [first] = fields;
  if (first) throw new Refusal('input_invalid', `${first.path}: ${first.message}`, { fields });
  return new Map(read.map(([canonical = '', value]) => [canonical, value]));
}
