export { definitionHash } from './definition-hash.js';
export { conversationDigests, directoryDigest, type RequestedValue } from './conversation-digest.js';
export { sha256Text } from './sha256-text.js';
export { isSignedBy, publicKeyFromJwk, signText } from './sign-text.js';
export { digestOf, emptySliceDigest, entryDigest, SliceDigest } from './slice-digest.js';
export { publicKeyHash } from './key-hash.js';
