import type { AccessTokenClaims } from '@portcullis/contracts';
import type { Change } from '../types.js';

/** What can be changed so that a call is allowed. */
export type UnlockKind =
  | 'reach-control-plane'
  | 'release-kill-switch'
  | 'create-agent'
  | 'resume-agent'
  | 'issue-credential'
  | 'open-conversation'
  | 'register-tool'
  | 'accept-definition'
  | 'assign-role'
  | 'create-grant'
  | 'retire-policy'
  | 'new-token'
  | 'change-arguments'
  | 'wait';

/** An object of the change log as it would be; the revision is the next one. */
export type FeedEdit = Omit<Change, 'revision'>;

/** What would be another in the call itself. A claim that is `undefined` would be absent. */
export interface CallEdit {
  readonly claims?: Partial<AccessTokenClaims>;
  readonly key?: string | undefined;
  readonly posture?: 'fresh';
  readonly staleSeconds?: number;
  /** Milliseconds of control time. */
  readonly now?: number;
}

/** One thing to change. */
export interface UnlockChange {
  readonly kind: UnlockKind;
  /** What to do, in words, for administrators. */
  readonly text: string;
  /** How many people it takes. */
  readonly people: 1 | 2;
  /** The concrete objects: agent, role, environment, tool, task, credential, engagement, until. */
  readonly values: Readonly<Record<string, string | number>>;
  /** What the change log would say. Identifiers that begin with `new-` stand for ones that do not exist yet. */
  readonly feed: readonly FeedEdit[];
  /** What the call would be. */
  readonly call: CallEdit;
  /** For `change-arguments`: what the arguments have to satisfy, each in words; empty for every other kind. */
  readonly mustSatisfy: readonly string[];
}

/** What would have to change: all of `changes` together, none of them in vain; or why nothing can be changed. */
export type Unlock =
  | { readonly isPossible: true; readonly changes: readonly UnlockChange[]; readonly why: null }
  | { readonly isPossible: false; readonly changes: readonly []; readonly why: string };
