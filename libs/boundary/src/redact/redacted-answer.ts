import { partNotice } from '../notices.js';
import { isObject, type Plain, type PlainObject } from '../plain.js';
import { contentOf, textItem, textOf } from '../tool-answer.js';
import { redactedValue, type Redaction } from './redacted-value.js';

/** An answer that was redacted and how many parts of its content were withheld, or why nothing of it may leave. */
export type Redacted = { readonly answer: PlainObject; readonly partsWithheld: number } | { readonly trouble: string };

/** Redacts every text of an answer. Media and links are withheld: what is in them, or behind them, is not seen here. */
export function redactedAnswer(answer: PlainObject, redaction: Redaction): Redacted {
  const content = contentOf(answer);
  if (!content) return { trouble: 'its content is no list' };
  const rest = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'content'));
  const redacted = redactedValue(rest, redaction);
  if (!isObject(redacted)) return { trouble: 'it is no object' };
  const media = content.filter(isUnseen);
  return {
    answer: {
      ...redacted,
      content: content.map((item) => (isUnseen(item) ? textItem(partNotice) : redactedValue(item, redaction))),
    },
    partsWithheld: media.length,
  };
}

function isUnseen(item: Plain): boolean {
  return textOf(item) === undefined;
}
