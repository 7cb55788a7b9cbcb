import type { PolicyPlace } from '@portcullis/contracts';
import type { CedarHead, CedarStatement } from './cedar-json.js';

/** How a tool class is called among Cedar's actions: `Action::"class:payments"`. No tool has such an id. */
export const classPrefix = 'class:';

/** Where the statements can say anything, by their heads; each place once. What a head leaves open is not limited. */
export function placesOf(statements: readonly CedarStatement[]): readonly PolicyPlace[] {
  const places = statements.map((statement) => ({ ...actionsOf(statement.action), ...placeOf(statement.resource) }));
  const byText = new Map(places.map((place) => [JSON.stringify(place), place]));
  return [...byText.values()];
}

function actionsOf({ op, entity, entities }: CedarHead): Pick<PolicyPlace, 'tools' | 'classes'> {
  if (op === 'All') return { tools: null, classes: null };
  const ids = [...(entity ? [entity] : []), ...(entities ?? [])].map(({ id }) => id).sort();
  return {
    tools: ids.filter((id) => !id.startsWith(classPrefix)),
    classes: ids.filter((id) => id.startsWith(classPrefix)).map((id) => id.slice(classPrefix.length)),
  };
}

function placeOf({ entity, in: within }: CedarHead): Pick<PolicyPlace, 'server' | 'environment'> {
  const named = entity ?? within?.entity;
  return {
    server: named?.type === 'Server' ? named.id : null,
    environment: named?.type === 'Environment' ? named.id : null,
  };
}
