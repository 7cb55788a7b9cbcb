import { textNotice } from './notices.js';
import { isList, isObject, type Plain } from './plain.js';

const mostUnwrapped = 8;
/** An object, or a list that begins with data: also when what follows is no JSON to every reader. */
const looksLikeData = /^(?:\{[^]*:|\[\s*[{["]|%7b|%5b)/i;
/** How the text of an object or of a list of data begins in base64, as in a JWT. */
const looksEncoded = /^(?:eyJ|eyA|ewo|ew0K|W3s|W1s|WyJ)[\w+/=.-]{13,}$/;

/** The same with a notice in the place of every text that holds data: a filter by path does not reach into a text. */
export function withoutNestedData(value: Plain): Plain {
  if (typeof value === 'string') return holdsData(value) ? textNotice : value;
  if (isList(value)) return value.map(withoutNestedData);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutNestedData(inner)]));
}

/** Whether a text is a list or an object written as JSON or in base64, however often it was made a text again. */
export function holdsData(text: string, unwrapped = 0): boolean {
  const bare = text.replace(/^[\s\uFEFF]+/, '');
  if (looksLikeData.test(bare) || looksEncoded.test(bare)) return true;
  if (bare.startsWith('[')) return parsed(bare) !== undefined;
  if (!bare.startsWith('"')) return false;
  const inner = parsed(bare);
  return typeof inner === 'string' && (unwrapped === mostUnwrapped || holdsData(inner, unwrapped + 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
