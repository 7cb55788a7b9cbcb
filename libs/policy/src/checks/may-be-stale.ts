import type { GrantCheck } from '../check.js';

/** With the lease run out, does the grant still allow it? Only for a tool of class `read`, and only as long as the grant says (protocol A3). */
export const mayBeStale: GrantCheck = {
  passes: ({ staleSeconds }, call, tool) =>
    call.posture === 'fresh' || (tool.isRead && staleSeconds > 0 && call.staleSeconds <= staleSeconds),
  denial: ({ rule, staleSeconds }, call, tool) => ({
    reason: 'posture_stale',
    rule,
    detail: tool.isRead
      ? `the lease ran out ${call.staleSeconds} s ago and the grant allows ${staleSeconds} s`
      : 'the lease has run out and the tool is not a read',
  }),
};
