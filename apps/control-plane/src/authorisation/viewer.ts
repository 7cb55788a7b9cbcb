import type { Permission } from './permissions.js';

interface PersonAsking {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Somebody at the console, by the cookie of a live session. */
export interface SessionViewer extends PersonAsking {
  readonly sessionId: string;
  readonly apiToken: null;
}

/** A person's script, by a live API token. */
export interface TokenViewer extends PersonAsking {
  readonly sessionId: null;
  readonly apiToken: string;
}

/** A person, as every command and query sees them. */
export type Viewer = SessionViewer | TokenViewer;
