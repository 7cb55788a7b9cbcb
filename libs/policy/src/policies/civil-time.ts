const dayMs = 86_400_000;
const weekdays = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'] as const;

/** An instant as the calendar has it, in UTC. */
export interface CivilTime {
  /** `2026-06-01T12:00:00.000Z`. */
  readonly text: string;
  readonly hour: number;
  readonly weekday: (typeof weekdays)[number];
}

/** Milliseconds since 1970 in the years 1970 to 9999; `undefined` for any other instant. Reads no clock and no zone. */
export function civilTime(instant: number): CivilTime | undefined {
  if (!Number.isInteger(instant) || instant < 0 || instant >= 253_402_300_800_000) return undefined;
  const days = Math.floor(instant / dayMs);
  const rest = instant - days * dayMs;
  const hour = Math.floor(rest / 3_600_000);
  const clock = [hour, Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map((part) => digits(part, 2));
  const text = `${dateText(days)}T${clock.join(':')}.${digits(rest % 1000, 3)}Z`;
  return { text, hour, weekday: weekdays[days % 7] ?? 'thursday' };
}

/** The day of the Gregorian calendar: years are counted from March, in eras of 400. */
function dateText(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const sinceMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * sinceMarch + 2) / 5) + 1;
  const month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
  return [digits(year + era * 400 + (month <= 2 ? 1 : 0), 4), digits(month, 2), digits(day, 2)].join('-');
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
