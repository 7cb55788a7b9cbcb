/** A text literal of Cedar. */
export function cedarText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A literal of Cedar; every number is a decimal, so that 5 and 5.0 are one. */
export function cedarValue(value: string | number | boolean): string {
  if (typeof value === 'number') return `decimal("${decimalText(value)}")`;
  return typeof value === 'string' ? cedarText(value) : String(value);
}

/** At least one place after the point and at most four. */
export function decimalText(value: number): string {
  const text = value.toFixed(4);
  if (Number(text) !== value) throw new Error(`${value} has more places than a decimal of Cedar`);
  return text;
}
