import type { ObservedToolEntity } from './observed-tool.entity.js';
import type { ToolEntity } from './tool.entity.js';
import type { ObservedTool, Tool } from './tool.model.js';

/** What is registered of one server, with what the server itself says of it, and what it announces beyond that. */
export function toolParts(
  registered: readonly ToolEntity[],
  observed: readonly ObservedToolEntity[],
): { readonly registered: Tool[]; readonly unregistered: ObservedTool[] } {
  const announced = new Map(observed.map((tool) => [tool.name, tool]));
  const names = new Set(registered.map((tool) => tool.name));
  return {
    registered: registered.map(({ id, name, classes }) => {
      const said = announced.get(name);
      return { id, name, classes, description: said?.description ?? null, inputSchema: said?.inputSchema ?? null };
    }),
    unregistered: observed
      .filter((tool) => !names.has(tool.name))
      .map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
  };
}
