import type { GrantCheck } from '../check.js';

/** Is the grant for this very conversation, if it widens one alone? Grants of other conversations are not even looked at. */
export const isForConversation: GrantCheck = {
  passes: ({ conversation }, { claims }) => conversation === undefined || conversation === claims.conversation,
  denial: ({ rule, conversation = '' }) => ({
    reason: 'no_grant',
    rule,
    detail: `the grant is for conversation ${conversation} alone`,
  }),
};
