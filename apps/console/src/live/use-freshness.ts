import { useSyncExternalStore } from 'react';
import { readFreshness, watchFreshness, type Freshness } from './freshness-store.js';

export function useFreshness(): Freshness {
  return useSyncExternalStore(watchFreshness, readFreshness);
}
