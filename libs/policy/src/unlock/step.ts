import type { AccessTokenClaims } from '@portcullis/contracts';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import type { CallEdit, FeedEdit, UnlockChange, UnlockKind } from './unlock-change.js';

/** A change as it is thought through. `assumed` is what has to be taken for granted to look further: arguments that satisfy. */
export interface Step extends UnlockChange {
  readonly assumed: readonly FeedEdit[];
}

/** A state and a call as they would be after the steps so far. `round` makes identifiers that do not exist yet. */
export interface Scene {
  readonly state: State;
  readonly call: Call;
  readonly round: number;
  readonly words: Words;
}

/** A constraint, as it was authored, in words. */
export type Words = (constraint: unknown) => string;

type Rest = Partial<Omit<Step, 'kind' | 'text'>>;

/** One step; what is not named is as it was. */
export function step(kind: UnlockKind, text: string, rest: Rest = {}): Step {
  return { kind, text, people: 1, values: {}, feed: [], call: {}, mustSatisfy: [], assumed: [], ...rest };
}

/** A token that differs in `claims` and is fresh in every other way; `how` says in what it differs, in words. */
export function newToken(how: string, claims: Partial<AccessTokenClaims> = {}, values: Step['values'] = {}): Step {
  return step('new-token', how, { call: { claims }, values });
}

/** The call with everything in `edits` another. */
export function edited(call: Call, edits: readonly CallEdit[]): Call {
  return edits.reduce<Call>(
    (before, { claims, now, ...rest }) => ({
      ...before,
      ...rest,
      claims: { ...before.claims, ...claims },
      now: now === undefined || before.now > now ? before.now : now,
    }),
    call,
  );
}

const tokenSeconds = 300;

/** What a token issued now, for this server and by a key that signs, says whatever else is in it. */
export function freshToken({ revision, server }: State, { claims, keys, key, now }: Call): CallEdit {
  const { agent, user, act } = claims;
  const isForUser = act !== undefined && act.sub === agent && user !== undefined;
  const iat = Math.floor(now / 1000);
  const live = [...(keys ?? [])].find(([, life]) => life.notBefore <= now && now < life.notAfter);
  return {
    key: keys ? live?.[0] : key,
    claims: {
      client_id: agent,
      sub: isForUser ? user : agent,
      act: isForUser ? act : undefined,
      aud: server?.resource ?? claims.aud,
      environment: server?.environment ?? claims.environment,
      jti: 'new-token',
      iat,
      exp: iat + tokenSeconds,
      rev: revision as AccessTokenClaims['rev'],
    },
  };
}
