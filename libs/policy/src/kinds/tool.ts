import { feedObjectSchemas, toolId, type FeedValue } from '@portcullis/contracts';
import { acceptedDefinition, type AcceptedDefinition } from '../accepted-definition.js';
import type { Draft } from '../draft.js';
import type { Engines } from '../engines.js';
import { hashOf } from '../small-map.js';
import { effectiveClasses } from '../known-tool.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** Only tools of the slice's server count. A tool whose id and value disagree is unknown. */
export function applyTool(draft: Draft, change: Change): void {
  const prefix = toolId(draft.slice, '');
  if (!change.id.startsWith(prefix)) return;
  const name = change.id.slice(prefix.length);
  if (isStale(change, draft.tools.get(name))) return;
  const parsed = feedObjectSchemas.tool.safeParse(change.value);
  const tools = draft.own(draft.tools);
  draft.tools = tools;
  if (!parsed.success || toolId(parsed.data.server, parsed.data.name) !== change.id) {
    tools.delete(name);
    return;
  }
  const classes = effectiveClasses(parsed.data.classes);
  const definitions = acceptedOf(parsed.data, draft.engines);
  const isRead = classes.includes('read');
  tools.set(name, { id: change.id, revision: change.revision, classes, isRead, hash: hashOf(change.id), definitions });
}

function acceptedOf(
  { definitions }: FeedValue<'tool'>,
  engines: Engines,
): ReadonlyMap<string, AcceptedDefinition> | undefined {
  return definitions && new Map(definitions.map((one) => [one.hash, acceptedDefinition(one.inputSchema, engines)]));
}
