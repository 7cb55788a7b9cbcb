import type { ObligationOf, Redactable } from '@portcullis/contracts';
import { cards } from './card.js';
import { emails } from './email.js';
import type { Finder, Finding } from './finding.js';
import { ibans } from './iban.js';
import { patternFinder, type Work } from './patterns.js';
import { phones } from './phone.js';
import { secrets } from './secret.js';
import { ssns } from './ssn.js';

const finders: Readonly<Record<Redactable, Finder>> = {
  secret: secrets,
  email: emails,
  iban: ibans,
  card: cards,
  ssn: ssns,
  phone: phones,
};
const mark = /(\[redacted: [a-z]{1,16}\])/;

/** Blacks out what is recognised in a text. Throws `TooMuchWork` where that is not done within bounds. */
export type RedactText = (text: string, work: Work) => string;

/** All `redact` obligations of a grant as one function; `undefined` when there are none. Throws on an expression that is no RE2. */
export function redactor(obligations: readonly ObligationOf<'redact'>[]): RedactText | undefined {
  if (obligations.length === 0) return undefined;
  const named = new Set(obligations.flatMap(({ what = [] }) => what));
  const known = Object.entries(finders).filter(([what]) => named.has(what as Redactable));
  const find = known.map(([, finder]) => finder);
  const patterns = obligations.flatMap(({ patterns: expressions = [] }) => expressions).map(patternFinder);
  const once: RedactText = (text, work) =>
    blackedOut(text, [
      ...find.flatMap((each) => [...each(text)]),
      ...patterns.flatMap((each) => [...each(text, work)]),
    ]);
  const betweenMarks: RedactText = (text, work) =>
    text
      .split(mark)
      .map((part, at) => (at % 2 === 1 ? part : once(part, work)))
      .join('');
  return (text, work) => {
    const plain = unescaped(text);
    const redacted = betweenMarks(plain, work);
    return redacted === plain && plain !== text ? betweenMarks(text, work) : redacted;
  };
}

/** What is found under JSON's escapes is there for whoever reads the text as JSON, so the text leaves without them. */
function unescaped(text: string): string {
  if (!text.includes('\\u')) return text;
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (_escape, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Findings that overlap become one, under the name of the first. */
function blackedOut(text: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return text;
  let left = '';
  let past = 0;
  for (const { from, to, what } of [...findings].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= past) left += `${text.slice(past, from)}[redacted: ${what}]`;
    past = Math.max(past, to);
  }
  return left + text.slice(past);
}
