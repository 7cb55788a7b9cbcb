/** What stops, and what does not, when an issuer is disabled or removed. */
export const issuerEndsTexts = [
  'From the next exchange on, no agent gets a token for a user of this issuer.',
  'Tokens in hand go on until they end, a few minutes at the most. To cut a user at once, use the kill switch.',
  'Conversations that are open stay open until they expire or somebody closes them.',
  'Agents keep their own credentials and what they may do for themselves.',
] as const;
