const longest = 200;

/** The name that is fewest edits away, if it is near enough to be a slip: at most a third of its letters, at least two. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const most = Math.max(2, Math.floor(name.length / 3));
    if (Math.abs(name.length - written.length) > most || name.length > longest) continue;
    const edits = editsBetween(written.toLowerCase(), name.toLowerCase());
    if (edits <= most && (!best || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? null;
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_one, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
