export { agentStop, deskObjects, deskResource, deskServer } from './desk-objects.js';
export { LinkKeys, newFeedKey, newTokenKey } from './link-keys.js';
export { scriptedLink, ScriptedLink, type ScriptedLinkOptions } from './scripted-link.js';
export { ScriptedSlice, sealed, type Written } from './scripted-slice.js';
