/** Reads one `name: value` a line; `true`, `false` and numbers become what they say. Null when a line is not of that form. */
export function attributesIn(text: string): Record<string, string | number | boolean> | null {
  const attributes: Record<string, string | number | boolean> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    attributes[name] = valueOf(value);
  }
  return attributes;
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}
