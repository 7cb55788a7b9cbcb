import type { CallCheck } from '../check.js';

/** Is what the server says of the tool now what an admin accepted? A tool that is not pinned yet has nothing to compare with. */
export const isDefinitionAccepted: CallCheck = (_state, { definition }, _held, known) => {
  if (known?.definitions === undefined) return undefined;
  if (definition !== undefined && known.definitions.has(definition)) return undefined;
  const detail =
    definition === undefined
      ? 'the tool is pinned, and the server does not announce it, or announces it twice'
      : `the server announces definition ${definition}, which is not accepted`;
  return { reason: 'definition_changed', rule: `tool:${known.id}`, detail };
};
