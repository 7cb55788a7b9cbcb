import type { Finding } from './finding.js';

/** How long an IBAN is, by country (ISO 13616 registry). */
const lengths: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21 },
    ...{ CR: 22, CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18 },
    ...{ FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23 },
    ...{ IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27 },
    ...{ MD: 24, ME: 22, MK: 19, MN: 20, MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28 },
    ...{ PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27 },
    ...{ SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20, YE: 30 },
  }),
);

/** IBANs of every country, in one piece or in groups, whose check digits are right. */
export function* ibans(text: string): Iterable<Finding> {
  for (const start of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}/g)) {
    const length = lengths.get(start[0].slice(0, 2).toUpperCase());
    const found = length === undefined ? undefined : readAhead(text, start.index, length);
    if (found && hasRightCheck(found.characters)) yield { from: start.index, to: found.to, what: 'iban' };
  }
}

/** So many letters and digits from here on, with at most one separator between two. */
function readAhead(text: string, from: number, length: number): { characters: string; to: number } | undefined {
  let characters = '';
  let wasSeparator = false;
  let at = from;
  for (; characters.length < length; at += 1) {
    const isOther = isSeparator(text.charCodeAt(at));
    if (!isOther && !isAlphanumeric(text.charCodeAt(at))) return undefined;
    if (isOther && wasSeparator) return undefined;
    if (!isOther) characters += text[at];
    wasSeparator = isOther;
  }
  return { characters: characters.toUpperCase(), to: at };
}

function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x2d;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** The remainder of 97 is 1, with the first four moved to the end and letters counted from 10 (ISO 7064). */
function hasRightCheck(characters: string): boolean {
  let rest = 0;
  for (let at = 0; at < characters.length; at += 1) {
    const code = characters.charCodeAt((at + 4) % characters.length);
    const value = code <= 0x39 ? code - 0x30 : code - 0x37;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
