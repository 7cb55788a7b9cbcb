const most = { values: 20_000, deep: 64, text: 1_000_000 } as const;

/** Why a value is more than is checked against a schema; `undefined`: it is not. */
export function tooMuch(value: unknown): string | undefined {
  let values = 0;
  let text = 0;
  const look = (at: unknown, depth: number): string | undefined => {
    values += 1;
    if (values > most.values) return `holds more than ${most.values} values`;
    if (depth > most.deep) return `is nested deeper than ${most.deep} levels`;
    if (typeof at === 'string') text += at.length;
    if (text > most.text) return `holds more than ${most.text} characters of text`;
    if (typeof at !== 'object' || at === null) return undefined;
    for (const inside of Array.isArray(at) ? at : Object.values(at)) {
      const wrong = look(inside, depth + 1);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  return look(value, 0);
}
