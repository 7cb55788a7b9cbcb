import type { PolicyPlace } from '@portcullis/contracts';
import type { ArgumentFields } from './argument-shape.js';
import { isInPlace } from './is-in-place.js';

/** A registered tool as policies see it. `fields` is `undefined` while its server has announced nothing of it. */
export interface CataloguedTool {
  readonly id: string;
  readonly server: string;
  readonly environment: string;
  /** Effective ones: `destructive` where it has none. */
  readonly classes: readonly string[];
  readonly fields: ArgumentFields | undefined;
}

/** Everything a policy may name. */
export interface PolicyCatalogue {
  readonly agents: readonly string[];
  readonly servers: readonly string[];
  readonly environments: readonly string[];
  readonly tools: readonly CataloguedTool[];
}

/** The tools of the environment (`null`: of all) in one of the places. */
export function toolsIn(
  { tools }: PolicyCatalogue,
  environment: string | null,
  places: readonly PolicyPlace[],
): readonly CataloguedTool[] {
  const here = tools.filter((tool) => environment === null || tool.environment === environment);
  return here.filter((tool) => places.some((place) => isInPlace(place, tool)));
}
