import { argumentFields } from './argument-shape.js';
import type { CataloguedTool } from './policy-catalogue.js';

/** A registered tool as its server announced it; without a schema nothing is announced of it. */
export const cataloguedTool = (
  id: string,
  environment: string,
  classes: readonly string[],
  schema?: unknown,
): CataloguedTool => ({
  ...{ id, server: id.split('/')[0] ?? '', environment, classes },
  fields: schema === undefined ? undefined : argumentFields(schema),
});
