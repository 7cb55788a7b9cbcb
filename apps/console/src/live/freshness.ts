export type FreshnessWord = 'live' | 'catching-up' | 'stale' | 'offline' | 'paused';

export interface FreshnessState {
  readonly socket: 'never' | 'open' | 'closed';
  readonly hasSnapshot: boolean;
  readonly heardAt: number | null;
  readonly http: 'ok' | 'failed';
  readonly pauses: number;
}

export type FreshnessEvent =
  | { readonly type: 'connected' | 'heard' | 'snapshot' | 'closed' | 'http-ok' | 'http-failed'; readonly at: number }
  | { readonly type: 'paused' | 'resumed' };

/** Heartbeats come every 3 s; with the quarter-second clock of the store this shows within 5 s of a cut. */
export const staleAfterMs = 4_750;

export const unheard: FreshnessState = { socket: 'never', hasSnapshot: false, heardAt: null, http: 'ok', pauses: 0 };

export function afterEvent(state: FreshnessState, event: FreshnessEvent): FreshnessState {
  switch (event.type) {
    case 'connected':
      return { ...state, socket: 'open', hasSnapshot: false, heardAt: event.at, http: 'ok' };
    case 'heard':
      return { ...state, heardAt: event.at };
    case 'snapshot':
      return { ...state, hasSnapshot: true, heardAt: event.at };
    case 'closed':
      return { ...state, socket: 'closed', hasSnapshot: false };
    case 'http-ok':
      return { ...state, http: 'ok' };
    case 'http-failed':
      return { ...state, http: 'failed' };
    case 'paused':
      return { ...state, pauses: state.pauses + 1 };
    case 'resumed':
      return { ...state, pauses: Math.max(0, state.pauses - 1) };
  }
}

export function freshnessWord(state: FreshnessState, now: number): FreshnessWord {
  if (isLinkFresh(state, now)) {
    if (!state.hasSnapshot) return 'catching-up';
    return state.pauses > 0 ? 'paused' : 'live';
  }
  if (state.http === 'failed') return 'offline';
  return state.socket === 'never' ? 'catching-up' : 'stale';
}

/** Whole seconds since anything was heard; null when nothing ever was. */
export function ageSeconds(state: FreshnessState, now: number): number | null {
  return state.heardAt === null ? null : Math.max(0, Math.floor((now - state.heardAt) / 1000));
}

function isLinkFresh(state: FreshnessState, now: number): boolean {
  return state.socket === 'open' && state.heardAt !== null && now - state.heardAt < staleAfterMs;
}
