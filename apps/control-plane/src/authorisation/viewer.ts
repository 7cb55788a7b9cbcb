import type { Permission } from './permissions.js';

/** A person with a live session, as every command and query sees them. */
export interface Viewer {
  readonly sessionId: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}
