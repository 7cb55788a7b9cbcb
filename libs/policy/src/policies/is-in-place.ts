import type { PolicyPlace } from '@portcullis/contracts';

/** A tool where it is registered. */
export interface Located {
  readonly id: string;
  readonly server: string;
  readonly environment: string | undefined;
  readonly classes: readonly string[];
}

/** Whether a policy with this place is about the tool: asked of every call, and of the catalogue when the policy is checked. */
export function isInPlace({ tools, classes, server, environment }: PolicyPlace, tool: Located): boolean {
  if (server !== null && server !== tool.server) return false;
  if (environment !== null && environment !== tool.environment) return false;
  if (tools === null && classes === null) return true;
  return (tools?.includes(tool.id) ?? false) || (classes?.some((name) => tool.classes.includes(name)) ?? false);
}
