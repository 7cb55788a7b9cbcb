import type { SigningKeyState } from '../gql/graphql.js';
import type { StateKind } from '../parts/StateMark.js';

export const signingKeyKinds: Record<SigningKeyState, StateKind> = {
  published: 'moving',
  signing: 'ok',
  verifying: 'paused',
  withdrawn: 'off',
};

export const signingKeyTexts: Record<SigningKeyState, string> = {
  published: 'signs nothing until every guard holds it',
  signing: 'signs every new token',
  verifying: 'signs nothing any more; what it signed is good until it ends, about an hour at the most',
  withdrawn: 'nothing signed with it is good',
};

const shownOfKid = 12;

export function shortKid(kid: string): string {
  return kid.length <= shownOfKid ? kid : `${kid.slice(0, shownOfKid)}…`;
}
