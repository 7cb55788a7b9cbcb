/** Where to go after signing in: a path of this console, never another site. */
export function safeNext(next: string | null): string {
  if (next === null) return '/overview';
  const target = new URL(next, location.origin);
  return target.origin === location.origin && next.startsWith('/') ? `${target.pathname}${target.search}` : '/overview';
}
