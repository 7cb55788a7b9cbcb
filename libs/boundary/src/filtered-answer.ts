import { copiesOf, type CopyOf } from './copies.js';
import { wrapper, type Asked, type DataFilter } from './filter.js';
import { partNotice } from './notices.js';
import { isList, isObject, memberOf, type Plain, type PlainObject } from './plain.js';
import { troubleIn } from './snapshot.js';
import { parseStrictJson } from './strict-json.js';
import { contentOf, textItem, textOf, type ToolAnswer } from './tool-answer.js';

/** What is left of an answer and how many parts of its content were withheld, or why nothing of it may leave. */
export type AnswerLeft = { readonly answer: ToolAnswer; readonly partsWithheld: number } | { readonly trouble: string };

/**
 * Filters an answer: its structured content, and every copy of that in its content. Where there is no structured content, the
 * first text that is an object or a list is the data, provided that every field to drop is to be found there. What is neither is withheld part by part: other texts, media, links (a link
 * says what it leads to), and everything the server said about the parts. Structured content that cannot be filtered withholds all.
 */
export function filteredAnswer(answer: PlainObject, filter: DataFilter, asked: Asked): AnswerLeft {
  const content = contentOf(answer);
  if (!content) return { trouble: 'its content is no list' };
  const structured = memberOf(answer, 'structuredContent');
  if (structured !== undefined && !isObject(structured)) return { trouble: 'its structured content is no object' };
  const left = structured && filter.apply(structured, { ...asked, isText: false });
  if (left && 'trouble' in left) return left;
  const copyOf =
    structured && left
      ? copiesOf({ data: structured, left: left.data, filter, asked })
      : copiesOfFirst(content, filter, asked);
  const parts = content.map((item) => partLeft(item, copyOf)).filter((part) => part !== undefined);
  return {
    answer: {
      ...(left ? { structuredContent: left.data } : {}),
      content: parts.map(textItem),
      ...(memberOf(answer, 'isError') === true ? { isError: true as const } : {}),
    },
    partsWithheld: parts.filter((part) => part === partNotice).length,
  };
}

/** The copies of the first text that is data. A list of its own is reached as the list `wrapper`. */
function copiesOfFirst(content: readonly Plain[], filter: DataFilter, asked: Asked): CopyOf {
  const first = content.map(dataIn).find((data) => isObject(data) || isList(data));
  if (first === undefined) return () => undefined;
  const data: PlainObject = isObject(first) ? first : { [wrapper]: first };
  const left = filter.apply(data, { ...asked, isText: true });
  return 'trouble' in left ? () => undefined : copiesOf({ data, left: left.data, filter, asked });
}

/** What may stay of one part of the content, as text; a notice for what cannot be filtered, nothing for a copy of what has gone. */
function partLeft(item: Plain, copyOf: CopyOf): string | undefined {
  const text = textOf(item);
  if (text === undefined) return partNotice;
  const asText = copyOf(text)?.left;
  if (typeof asText === 'string') return asText;
  const data = dataIn(item);
  const copy = data === undefined ? undefined : copyOf(data);
  if (!copy) return partNotice;
  return copy.left === undefined ? undefined : JSON.stringify(copy.left, null, isIndented(text) ? 2 : 0);
}

function isIndented(text: string): boolean {
  return /^\s*[{[]\s*\n/.test(text);
}

function dataIn(item: Plain): Plain | undefined {
  const text = textOf(item);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  if (!parsed || 'trouble' in parsed) return undefined;
  const data = parsed.value as Plain;
  return troubleIn(data) === undefined ? data : undefined;
}
