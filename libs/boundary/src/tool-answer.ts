import { memberOf, type Plain, type PlainObject } from './plain.js';
import { isList, isObject } from './plain.js';

/** The answer of a tool as MCP has it (`CallToolResult`): the data, and texts and media about it. */
export interface ToolAnswer {
  readonly structuredContent?: PlainObject;
  readonly content: readonly Plain[];
  readonly isError?: true;
  readonly _meta?: PlainObject;
}

/** The content of an answer; one without is an empty one, as MCP reads it. `undefined`: it is no list. */
export function contentOf(answer: PlainObject): readonly Plain[] | undefined {
  const content = memberOf(answer, 'content');
  if (content === undefined) return [];
  return isList(content) ? content : undefined;
}

/** A text of the content: of a text item, or of a resource that is embedded. `undefined` for everything else. */
export function textOf(item: Plain): string | undefined {
  if (!isObject(item)) return undefined;
  const type = memberOf(item, 'type');
  const holder = type === 'resource' ? memberOf(item, 'resource') : type === 'text' ? item : undefined;
  if (!isObject(holder) || Object.hasOwn(holder, 'blob')) return undefined;
  const text = memberOf(holder, 'text');
  return typeof text === 'string' ? text : undefined;
}

/** A text item, and nothing about it that its server said. */
export function textItem(text: string): PlainObject {
  return { type: 'text', text };
}
