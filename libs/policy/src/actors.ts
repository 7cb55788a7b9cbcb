import type { AccessTokenClaims } from '@portcullis/contracts';

/**
 * The agents by which a token came about: its own first, then those that handed their user on (`act` of RFC 8693). What ends one
 * of them ends what was made from its token.
 */
export function actorsOf({ agent, act }: Pick<AccessTokenClaims, 'agent' | 'act'>): readonly string[] {
  const actors = [agent];
  for (let inner = act?.act; inner !== undefined; inner = inner.act) actors.push(inner.sub);
  return actors;
}
