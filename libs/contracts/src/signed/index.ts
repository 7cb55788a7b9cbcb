export { conversationDigest } from './conversation-digest.js';
export { definitionHash } from './definition-hash.js';
export { isSignedBy, publicKeyFromJwk, signText } from './sign-text.js';
export { digestOf, emptySliceDigest, entryDigest, SliceDigest } from './slice-digest.js';
export { publicKeyHash } from './key-hash.js';
