import type { CallCheck } from './check.js';
import { isDefinitionAccepted } from './checks/is-definition-accepted.js';
import { listing } from './decide.js';
import type { State } from './state.js';
import type { Call } from './types.js';
import { walk } from './walk.js';

/** Who asks for the list, and which tool is in question: a call without arguments. */
export type Listing = Omit<Call, 'arguments'>;

/** Whether `tools/list` shows the tool: steps 1 to 5 do not deny it; constraints do not hide it (protocol G4). */
export function isListed(state: State, asked: Listing): boolean {
  return walk(state, { ...asked, arguments: undefined }, listing).outcome === 'allow';
}

const whateverIsSaid = (check: CallCheck): boolean => check !== isDefinitionAccepted;
const whateverIsAnnounced = {
  ...listing,
  call: listing.call.filter(whateverIsSaid),
  tool: listing.tool.filter(whateverIsSaid),
  moving: listing.moving.filter(whateverIsSaid),
};

/**
 * Whether the caller may learn that the tool exists: it would be listed if what the server says of it were accepted. To others a
 * tool that is not accepted looks like one that is not there (protocol G6).
 */
export function mayKnowOf(state: State, asked: Listing): boolean {
  return walk(state, { ...asked, arguments: undefined }, whateverIsAnnounced).outcome === 'allow';
}
