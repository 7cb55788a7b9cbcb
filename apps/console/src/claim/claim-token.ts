let taken: string | null = null;

/** Takes the one-time token out of the address bar before anything can copy, log or share the address. */
export function takeClaimToken(): void {
  if (location.pathname !== '/claim' || location.hash.length < 2) return;
  taken = decodeURIComponent(location.hash.slice(1));
  history.replaceState(history.state, '', location.pathname + location.search);
}

export function claimToken(): string | null {
  return taken;
}
