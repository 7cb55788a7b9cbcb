import { randomBytes } from 'node:crypto';

/** An identifier the application makes, with its kind in front, such as `gr_0f3a…`. */
export function newId(kind: 'as' | 'at' | 'cr' | 'fr' | 'gr' | 'ob'): string {
  return `${kind}_${randomBytes(9).toString('hex')}`;
}
