import { randomUUID } from 'node:crypto';
import { definitionText, longestDefinition, type GuardEvent, type ToolDefinition } from '@portcullis/contracts';
import { definitionHash } from '@portcullis/contracts/signed';

type CatalogueEvent = Extract<GuardEvent, { type: 'catalogue' }>;
type Catalogued = CatalogueEvent['tools'][number];

const mostTools = 1000;
/** An event is at most 65,536 long. */
const mostInAnEvent = 60_000;

/**
 * A catalogue as guard events, in as many parts as it needs. Of a tool whose definition is too long for one there is only the
 * name and the hash; of a catalogue of more than 1,000 tools there are the first.
 */
export function catalogueEvents(announced: readonly ToolDefinition[], at: number): readonly CatalogueEvent[] {
  const parts: Catalogued[][] = [[]];
  let size = 0;
  for (const tool of announced.slice(0, mostTools).map(catalogued)) {
    const length = JSON.stringify(tool).length + 1;
    if (size + length > mostInAnEvent) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(tool);
    size += length;
  }
  const of = randomUUID();
  return parts.map((tools, index) => ({
    ...{ type: 'catalogue', id: randomUUID(), at, tools },
    part: { of, isLast: index === parts.length - 1 },
  }));
}

function catalogued(tool: ToolDefinition): Catalogued {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  const hash = definitionHash(tool);
  if (hash === undefined || definitionText(tool).length > longestDefinition)
    return { name: name.slice(0, longestName), description: null, inputSchema: null, hash: hash ?? '', isCut: true };
  const whole = { name, title: title ?? null, description: description ?? null, inputSchema: inputSchema ?? null };
  return { ...whole, outputSchema: outputSchema ?? null, annotations: annotations ?? null, hash };
}

const longestName = 1000;
