import { textNotice } from '../notices.js';
import { isList, isObject, type Plain, type PlainObject } from '../plain.js';
import { parseStrictJson } from '../strict-json.js';
import { troubleIn } from '../snapshot.js';
import type { Work } from './patterns.js';
import type { RedactText } from './redactor.js';

const mostUnwrapped = 8;

/** One redaction of one answer. */
export interface Redaction {
  readonly text: RedactText;
  readonly work: Work;
}

/**
 * The value with every text in it redacted: values, names of members, whole numbers, and texts that are JSON, which are
 * redacted as the data they are. JSON that two readers may read differently is withheld.
 */
export function redactedValue(value: Plain, redaction: Redaction, unwrapped = 0): Plain {
  if (typeof value === 'string') return redactedText(value, redaction, unwrapped);
  if (typeof value === 'number') return redactedNumber(value, redaction);
  if (isList(value)) return value.map((item) => redactedValue(item, redaction, unwrapped));
  return isObject(value) ? redactedObject(value, redaction, unwrapped) : value;
}

function redactedText(text: string, redaction: Redaction, unwrapped: number): string {
  const parsed = /^[\s\uFEFF]*[{["]/.test(text) ? parseStrictJson(text) : undefined;
  if (!parsed || ('trouble' in parsed && parsed.trouble === 'syntax')) return redaction.text(text, redaction.work);
  if ('trouble' in parsed || unwrapped === mostUnwrapped) return textNotice;
  const data = parsed.value as Plain;
  if (troubleIn(data) !== undefined) return textNotice;
  const redacted = redactedValue(data, redaction, unwrapped + 1);
  const isSame = JSON.stringify(redacted) === JSON.stringify(data);
  return isSame ? text : JSON.stringify(redacted, null, /^\s*[{[]\s*\n/.test(text) ? 2 : 0);
}

function redactedNumber(value: number, redaction: Redaction): Plain {
  if (!Number.isInteger(value)) return value;
  const text = String(value);
  const redacted = redaction.text(text, redaction.work);
  return redacted === text ? value : redacted;
}

/** Two names that read the same once redacted are told apart by a number. */
function redactedObject(object: PlainObject, redaction: Redaction, unwrapped: number): PlainObject {
  const members = new Map<string, Plain>();
  for (const [name, value] of Object.entries(object)) {
    const redacted = redaction.text(name, redaction.work);
    members.set(freeName(redacted, members), redactedValue(value, redaction, unwrapped));
  }
  return Object.fromEntries(members);
}

function freeName(name: string, taken: ReadonlyMap<string, Plain>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} ${number}`;
  return free;
}
