import type { ConversationAttributes } from '@portcullis/contracts';
import type { AcceptedDefinition } from '../accepted-definition.js';
import type { Call } from '../types.js';

/**
 * What a constraint may read of the state: what a trusted party said about conversations (protocol F3), what admins curate, and
 * the accepted definitions of the tools, for what an admin accepted of their arguments (protocol E8).
 */
export interface Records {
  readonly conversations: {
    get(id: string): RecordedConversation | undefined;
  };
  readonly directories: {
    get(id: string): { readonly entries: ReadonlySet<string> } | undefined;
  };
  readonly tools: {
    get(name: string): { readonly definitions: ReadonlyMap<string, AcceptedDefinition> | undefined } | undefined;
  };
}

interface RecordedConversation {
  readonly attributes: ConversationAttributes;
  /** Digests of what the user asked for (`conversationScope`). */
  readonly requested: ReadonlySet<string>;
}

/**
 * What a value is that needs the user's word where the token carries no record of it: `wrong`, or `held`, for whoever asks a
 * person about it afterwards (protocol E6).
 */
export type Unrecorded = 'wrong' | 'held';

/** A call as a constraint reads it: its arguments, who it was proved to be for, and what the server says of its tool. */
export type ConstrainedCall = Pick<Call, 'arguments' | 'claims' | 'tool' | 'definition'>;

/** Says in words what is wrong with the arguments, or `undefined` when the constraint is met. Never throws. */
export type ConstraintCheck = (call: ConstrainedCall, records: Records) => string | undefined;

/** How one kind reads the values at its path. */
export interface ValueRule {
  readonly check: ValueCheck;
  /** Asked about a path that leads nowhere as well; by default that is refused before. */
  readonly asksMissing?: boolean;
  /** The most UTF-16 units of text it reads in all the values of one call. Default: as many as there are. */
  readonly mostText?: number;
}

/** Says what is wrong with one value, to be read after its path: `250 is more than 100`. `undefined`: nothing. */
export type ValueCheck = (value: unknown, call: ConstrainedCall, records: Records) => string | undefined;
