import { canonicalJson } from './canonical-json.js';

/** What a server says of one of its tools, as far as an admin accepts it. Whatever else it says is not shown to a client. */
export interface ToolDefinition {
  readonly name: string;
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: unknown;
}

/** The fields of a definition, in the order in which they are shown. */
export const definitionFields = [
  'name',
  'title',
  'description',
  'inputSchema',
  'outputSchema',
  'annotations',
] as const satisfies readonly (keyof ToolDefinition)[];

/**
 * The longest text of a definition that can be reviewed, in UTF-16 units: so much fits into one report. A longer one is known
 * by its hash alone.
 */
export const longestDefinition = 48_000;

/** How many definitions of one tool can be accepted at a time. */
export const mostAccepted = 8;

/**
 * The text that is hashed: canonical JSON of the definition's fields and of nothing else. A field that is absent and one that is
 * `null` are the same. Invisible characters are part of it. Throws as `canonicalJson`.
 */
export function definitionText(definition: ToolDefinition): string {
  const said = definitionFields.flatMap((field) => {
    const value = definition[field] ?? undefined;
    return value === undefined ? [] : [[field, value] as const];
  });
  return canonicalJson(Object.fromEntries(said));
}
