import { toolId, toolNameSchema } from '@portcullis/contracts';
import { step, type Scene } from './step.js';

export function knownTool({ state, call }: Scene) {
  const { server, tool } = call;
  if (server !== state.slice) return `This is the guard of ${state.slice}: ask the one of ${server}.`;
  if (!toolNameSchema.safeParse(tool).success) return 'No tool can have this name: use the one the server announces.';
  return [
    step('register-tool', `Register tool ${tool} at ${server}`, {
      values: { server, tool },
      feed: [{ kind: 'tool', id: toolId(server, tool), value: { server, name: tool, classes: [] } }],
    }),
  ];
}
