import { mostAccepted } from '@portcullis/contracts';
import { step, type Scene } from './step.js';

/** What was accepted stays so. The schema of the other one is not known here, so it is taken for one that takes any arguments. */
export function acceptDefinition({ state, call }: Scene) {
  const { server, tool, definition } = call;
  const known = state.tools.get(tool);
  if (definition === undefined || known === undefined)
    return `The server does not announce ${tool}, or announces it twice: nobody can accept that.`;
  const accepted = [...(known.definitions ?? [])].map(([hash, { inputSchema }]) => ({ hash, inputSchema }));
  if (accepted.length >= mostAccepted)
    return `${mostAccepted} definitions of ${tool} are accepted: withdraw one that the server does not announce any more.`;
  const definitions = [...accepted, { hash: definition, inputSchema: {} }];
  return [
    step('accept-definition', `Accept what the server says of ${tool} now`, {
      values: { tool: known.id, definition },
      feed: [{ kind: 'tool', id: known.id, value: { server, name: tool, classes: known.classes, definitions } }],
    }),
  ];
}
