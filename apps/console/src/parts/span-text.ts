const units = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
] as const;

/** A span of time in the largest unit that it fills whole, such as "15 min" for 900 and "90 s" for 90. */
export function spanOfSeconds(seconds: number): string {
  const unit = units.find(([size]) => seconds >= size && seconds % size === 0);
  return unit ? `${seconds / unit[0]} ${unit[1]}` : `${seconds} s`;
}
