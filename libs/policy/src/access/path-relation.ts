const isIndex = (step: string) => /^\d+$/.test(step);

/**
 * How what a constraint says of `path` bears on a value at `asked`: `same`, it speaks of that value (`items.*.price` of every
 * price, so of `items.0.price`); `above`, of something the value lies in; `below`, of something that lies in the value.
 */
export function pathRelation(path: string, asked: string): 'same' | 'above' | 'below' | 'none' {
  if (path === asked) return 'same';
  if (!path.includes('.') && !asked.includes('.')) return 'none';
  const [said, wanted] = [path.split('.'), asked.split('.')];
  const shared = Math.min(said.length, wanted.length);
  for (let index = 0; index < shared; index += 1) {
    const [one, other] = [said[index] ?? '', wanted[index] ?? ''];
    if (one !== other && !(one === '*' && isIndex(other))) return 'none';
  }
  if (said.length === wanted.length) return 'same';
  return said.length < wanted.length ? 'above' : 'below';
}

/** Whether what is asked about lies in an item of the list at `list`. */
export function isInItem(list: string, asked: string): boolean {
  const step = asked.split('.')[list.split('.').length] ?? '';
  return step === '*' || isIndex(step);
}
