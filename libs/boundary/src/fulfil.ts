import { labelsMetaKey, type Obligation } from '@portcullis/contracts';
import { resultBounds } from './bounds.js';
import { dataFilter, type DataFilter } from './filter.js';
import { filteredAnswer } from './filtered-answer.js';
import type { ItemCheck } from './items.js';
import { labelsOf, type Labels } from './label.js';
import { isObject, memberOf, type PlainObject } from './plain.js';
import { TooMuchWork } from './redact/patterns.js';
import { redactedAnswer } from './redact/redacted-answer.js';
import { redactor, type RedactText } from './redact/redactor.js';
import { snapshotOf } from './snapshot.js';
import { utf8Bytes } from './utf8-bytes.js';

/** What `libs/boundary` needs and cannot be. */
export interface FulfilPorts {
  /** Whether an item of a list keeps every limit of an `items` obligation: the caller has compiled them. */
  readonly keeps: ItemCheck;
}

/**
 * What may leave of an answer. `answer`: the `CallToolResult` to release; `undefined` when nothing may leave. `withheld`: in words,
 * for administrators only, what did not leave because it could not be filtered; `null` when nothing was. `labels`: what the answer is
 * labelled, also when it was withheld.
 */
export interface Fulfilled {
  readonly answer: PlainObject | undefined;
  readonly withheld: string | null;
  readonly labels: Labels | undefined;
}

/** The obligations of one grant, compiled. Never throws. */
export interface Fulfilment {
  /** Whether the data of an answer is changed on its way, so that what its server announces of it does not hold. */
  readonly isFiltering: boolean;
  /** What every answer is labelled. */
  readonly labels: Labels | undefined;
  readonly fulfil: (answer: unknown, ports: FulfilPorts) => Fulfilled;
}

interface Parts {
  readonly filter: DataFilter | undefined;
  readonly redact: RedactText | undefined;
  readonly mostBytes: number;
  readonly labels: Labels | undefined;
}

/**
 * Compiles what has to be done with the answer of an allowed call. `undefined`: one of the obligations is of a kind this version does
 * not know, or cannot be compiled; then the call must not run.
 */
export function compileFulfilment(obligations: readonly Obligation[]): Fulfilment | undefined {
  if (!obligations.every(isOfTheAnswer)) return undefined;
  try {
    const filter = dataFilter(obligations);
    const redact = redactor(obligations.filter((one) => one.kind === 'redact'));
    const sizes = obligations.flatMap((one) => (one.kind === 'size' ? [one.maxBytes] : []));
    const parts = { filter, redact, mostBytes: Math.min(resultBounds.bytes, ...sizes), labels: labelsOf(obligations) };
    return {
      isFiltering: filter !== undefined || redact !== undefined,
      labels: parts.labels,
      fulfil: (answer, ports) => fulfilledSafely(answer, parts, ports),
    };
  } catch {
    return undefined;
  }
}

/**
 * Does with one answer what the obligations say: items and fields to keep, redaction, size, labels, in this order. What cannot be
 * filtered is withheld, not passed. Pure; it never throws and does not change what it is given.
 *
 * @example
 * const { answer, withheld } = fulfil(result, [{ kind: 'fields', drop: ['customer.email'] }], { keeps });
 */
export function fulfil(answer: unknown, obligations: readonly Obligation[], ports: FulfilPorts): Fulfilled {
  const compiled = compileFulfilment(obligations);
  return compiled ? compiled.fulfil(answer, ports) : withheld('an obligation is not understood', undefined);
}

const ofTheAnswer: ReadonlySet<string> = new Set(['fields', 'items', 'redact', 'size', 'label', 'audit']);

function isOfTheAnswer({ kind }: Obligation): boolean {
  return ofTheAnswer.has(kind);
}

function withheld(why: string, labels: Labels | undefined): Fulfilled {
  return { answer: undefined, withheld: `the result was withheld: ${why}`, labels };
}

function fulfilledSafely(answer: unknown, parts: Parts, ports: FulfilPorts): Fulfilled {
  try {
    return fulfilled(answer, parts, ports);
  } catch (error) {
    const why = error instanceof TooMuchWork ? 'it is too much text for its patterns' : 'it cannot be read';
    return withheld(why, parts.labels);
  }
}

function fulfilled(answer: unknown, { filter, redact, mostBytes, labels }: Parts, { keeps }: FulfilPorts): Fulfilled {
  const snapshot = snapshotOf(answer);
  if ('trouble' in snapshot) return withheld(snapshot.trouble, labels);
  let left = snapshot.plain;
  let parts = 0;
  if (filter) {
    const filtered = filteredAnswer(left, filter, { bytes: snapshot.bytes, keeps });
    if ('trouble' in filtered) return withheld(filtered.trouble, labels);
    left = { ...filtered.answer };
    parts += filtered.partsWithheld;
  }
  if (redact) {
    if (snapshot.bytes > resultBounds.redacted)
      return withheld(`more than ${resultBounds.redacted} bytes are too much to redact`, labels);
    const redacted = redactedAnswer(left, { text: redact, work: { left: resultBounds.work } });
    if ('trouble' in redacted) return withheld(redacted.trouble, labels);
    left = redacted.answer;
    parts += redacted.partsWithheld;
  }
  const bytes = utf8Bytes(JSON.stringify(left));
  if (bytes > mostBytes) return withheld(`it has ${bytes} bytes, more than ${mostBytes}`, labels);
  return { answer: labelled(left, labels), withheld: partsText(parts), labels };
}

function labelled(answer: PlainObject, labels: Labels | undefined): PlainObject {
  if (!labels) return answer;
  const meta = memberOf(answer, '_meta');
  return { ...answer, _meta: { ...(isObject(meta) ? meta : {}), [labelsMetaKey]: { ...labels } } };
}

function partsText(parts: number): string | null {
  if (parts === 0) return null;
  return parts === 1
    ? 'one part of the content could not be filtered'
    : `${parts} parts of the content could not be filtered`;
}
