import type { CallCheck } from '../check.js';

/** Is it this server's tool, and registered? */
export const isToolKnown: CallCheck = (state, call, _held, tool) => {
  if (call.server !== state.slice)
    return { reason: 'tool_unknown', rule: null, detail: 'the call names another server' };
  return tool ? undefined : { reason: 'tool_unknown', rule: null, detail: 'no such tool is registered at this server' };
};
