import type { Finding } from './finding.js';

const local = /[\p{L}\p{N}\p{M}._%+'-]/u;
const domain = /(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}\.){1,8}[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{1,62}/uy;
const longestLocal = 64;

/** E-mail addresses, also as they stand in URLs (`%40`) and with international names. Found from the @ on, so that no run of letters costs twice. */
export function* emails(text: string): Iterable<Finding> {
  for (const at of text.matchAll(/@|%40/g)) {
    const from = startOfLocal(text, at.index);
    domain.lastIndex = at.index + at[0].length;
    if (from < at.index && domain.test(text)) yield { from, to: domain.lastIndex, what: 'email' };
  }
}

function startOfLocal(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < longestLocal && local.test(text[from - 1] ?? '')) from -= 1;
  return from;
}
