import type { Labels } from '@portcullis/boundary';
import { calmSignals, secrecyLabels, type AccessTokenClaims } from '@portcullis/contracts';

/** What is labelled at most; when there is so much, a result that would label something new does not leave. */
export const mostLabelled = 10_000;
/** As long as a conversation can last: what is remembered of one outlives it. */
const keptMs = 86_400_000;

interface Labelled {
  isUntrusted: boolean;
  secrecy: number;
  until: number;
}

type Whose = Pick<AccessTokenClaims, 'agent' | 'user' | 'conversation'>;

/**
 * The labels of what left this guard, by conversation, in memory alone: a guard that starts again has given nobody anything, and no
 * guard knows what another one let out. A token without a conversation has the labels of all that its agent, or agent and user, were
 * given in whichever conversation, so that leaving it out buys nothing (protocol E5).
 */
export class ConversationLabels {
  /** What was labelled longest ago stands first. */
  readonly #byKey = new Map<string, Labelled>();

  /** The lowest trust and the highest secrecy of what was let out to this caller. */
  of(whose: Whose, now: number): { readonly trust: string; readonly secrecy: string } {
    const held = this.#byKey.get(keyOf(whose));
    if (!held || held.until <= now) return calmSignals.labels;
    return { trust: held.isUntrusted ? 'untrusted' : 'trusted', secrecy: secrecyLabels[held.secrecy] ?? 'secret' };
  }

  /** Something with these labels is about to leave. False: there is no room to remember that, so it must not. */
  raise(whose: Whose, { trust, secrecy = 'public' }: Labels, now: number): boolean {
    const isUntrusted = trust === 'untrusted';
    const place = secrecyLabels.indexOf(secrecy);
    if (!isUntrusted && place === 0) return true;
    this.#forgetOver(now);
    const { agent, user } = whose;
    const keys = new Set([keyOf(whose), keyOf({ agent, user }), keyOf({ agent })]);
    const more = [...keys].filter((key) => !this.#byKey.has(key)).length;
    if (this.#byKey.size + more > mostLabelled) return false;
    for (const key of keys) {
      const held = this.#byKey.get(key) ?? { isUntrusted: false, secrecy: 0, until: 0 };
      held.isUntrusted ||= isUntrusted;
      held.secrecy = Math.max(held.secrecy, place);
      held.until = now + keptMs;
      this.#byKey.delete(key);
      this.#byKey.set(key, held);
    }
    return true;
  }

  #forgetOver(now: number): void {
    for (const [key, { until }] of this.#byKey) {
      if (until > now) return;
      this.#byKey.delete(key);
    }
  }
}

function keyOf({ agent, user, conversation }: Whose): string {
  if (conversation !== undefined) return `conversation ${conversation}`;
  return user === undefined ? `agent ${agent}` : `agent ${agent} for ${user}`;
}
