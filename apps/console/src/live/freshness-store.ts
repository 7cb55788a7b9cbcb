import {
  ageSeconds,
  afterEvent,
  freshnessWord,
  unheard,
  type FreshnessEvent,
  type FreshnessWord,
} from './freshness.js';

export interface Freshness {
  readonly word: FreshnessWord;
  readonly ageSeconds: number | null;
  readonly heardAt: number | null;
}

const tickMs = 250;
const probeEveryMs = 2_000;

let state = unheard;
let shown: Freshness = { word: 'catching-up', ageSeconds: null, heardAt: null };
let lastProbeAt = 0;
const listeners = new Set<() => void>();

export function tellFreshness(event: FreshnessEvent): void {
  state = afterEvent(state, event);
  refresh();
}

export function readFreshness(): Freshness {
  return shown;
}

export function watchFreshness(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Starts the clock that notices silence; returns what stops it. */
export function startFreshnessClock(): () => void {
  const timer = setInterval(() => {
    refresh();
    probeWhenSilent();
  }, tickMs);
  return () => clearInterval(timer);
}

function refresh(): void {
  const now = Date.now();
  const word = freshnessWord(state, now);
  const age = word === 'live' || word === 'paused' ? 0 : ageSeconds(state, now);
  const heardAt = word === 'stale' || word === 'offline' ? state.heardAt : null;
  if (word === shown.word && age === shown.ageSeconds && heardAt === shown.heardAt) return;
  shown = { word, ageSeconds: age, heardAt };
  for (const listener of listeners) listener();
}

function probeWhenSilent(): void {
  const now = Date.now();
  const silent = shown.word === 'stale' || shown.word === 'offline';
  if (!silent || now - lastProbeAt < probeEveryMs) return;
  lastProbeAt = now;
  fetch('/health/live', { signal: AbortSignal.timeout(probeEveryMs), cache: 'no-store' }).then(
    (answer) => tellFreshness({ type: answer.status < 500 ? 'http-ok' : 'http-failed', at: Date.now() }),
    () => tellFreshness({ type: 'http-failed', at: Date.now() }),
  );
}
