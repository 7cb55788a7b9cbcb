import type { FeedValue, IdentityForm, KillSwitchScope, Task } from '@portcullis/contracts';
import type { AcceptedDefinition } from './accepted-definition.js';
import { noPolicies, type HeldPolicies } from './policies/held-policies.js';
import type { SmallMap } from './small-map.js';
import { Table } from './table.js';
import type { CompiledObligations } from './compile-obligations.js';
import type { ConstraintCheck } from './constraints/constraint-check.js';

/** The server a guard protects, as the control plane registered it. */
export interface RegisteredServer extends FeedValue<'server'> {
  readonly id: string;
  readonly revision: number;
}

export interface AgentStatus extends FeedValue<'agent-status'> {
  readonly revision: number;
}

export interface Credential extends FeedValue<'credential'> {
  readonly id: string;
  readonly revision: number;
}

/** From `notBefore` on and up to, not including, `notAfter`, in milliseconds of control time; 0 without a beginning, `Infinity` without an end. */
export interface Assignment extends Pick<FeedValue<'assignment'>, 'agent' | 'role' | 'environment'> {
  readonly id: string;
  readonly revision: number;
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface Conversation extends FeedValue<'conversation'> {
  readonly revision: number;
  /** Its `digests`, to be asked one by one. */
  readonly requested: ReadonlySet<string>;
}

/** A list that an admin curates: digests, to be asked one by one. */
export interface HeldDirectory {
  readonly revision: number;
  /** The form of all its entries. */
  readonly holds: IdentityForm;
  readonly entries: ReadonlySet<string>;
}

/**
 * A registered tool. `classes` is never empty: a tool without a class counts as `destructive` (protocol E7). `definitions` are the
 * accepted ones by hash (protocol E8); `undefined`: the tool is not pinned yet.
 */
export interface KnownTool {
  readonly id: string;
  readonly revision: number;
  readonly classes: readonly string[];
  readonly isRead: boolean;
  /** Of its id, so that no call has to work it out. */
  readonly hash: number;
  readonly definitions: ReadonlyMap<string, AcceptedDefinition> | undefined;
}

/**
 * A grant compiled for deciding. What every decision reads comes first and lies together, or is shared by all grants that have it
 * alike. `isVoid`: it carries something this guard does not understand, so it gives nothing.
 */
export interface CompiledGrant {
  /** Nothing about it but its task and its constraints can speak against a fresh call that no policy is asked about. */
  readonly isPlain: boolean;
  readonly task: Task;
  readonly constraints: readonly ConstraintCheck[];
  readonly obligations: CompiledObligations;
  readonly rule: string;
  readonly isVoid: boolean;
  /** Those of `constraints` that need a record of what the user asked for, where none is the same as a broken one: asked last (protocol E6). */
  readonly unproven: readonly ConstraintCheck[];
  /** The conversation it widens, and that alone; `undefined`: it holds whether there is one or not. */
  readonly conversation: string | undefined;
  readonly id: string;
  readonly revision: number;
  readonly role: string;
  readonly environment: string;
  readonly tool: FeedValue<'grant'>['tool'];
  /** Milliseconds of control time; `-Infinity` without a beginning, `Infinity` without an end. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly staleSeconds: number;
  /** The constraints as they were authored, in the order of `constraints`: for words and for symbolic answers, never for deciding. */
  readonly authored: readonly unknown[];
  /** The obligations as they were authored, for words alone. */
  readonly promised: readonly unknown[];
}

/** An environment as far as it changes how calls are decided. */
export interface HeldEnvironment {
  readonly revision: number;
  /** Control time in milliseconds up to which denials by grants and policies are only recorded; 0: they are enforced. */
  readonly observeUntil: number;
}

/** The grants of one tool or class, ordered by id. One alone stands for itself: a list around it is more memory to read at every call. */
export type Given = CompiledGrant | readonly CompiledGrant[];

/** What one role may do in one environment. */
export interface GrantSlice {
  readonly environment: string;
  readonly byTool: SmallMap<Given>;
  readonly byClass: SmallMap<Given>;
}

/** An engaged kill switch, or one that this guard cannot read and therefore takes as stopping everything. */
export interface Engagement {
  readonly id: string;
  readonly revision: number;
  readonly scope: string;
  readonly target: string;
  readonly status: 'engaged' | 'released';
}

/** Engaged kill switches by scope and target; of several on one target the first by id is named. */
export interface Stops {
  readonly byId: ReadonlyMap<string, Engagement>;
  readonly isAnyEngaged: boolean;
  readonly everything: string | undefined;
  readonly byTarget: Readonly<Record<Exclude<KillSwitchScope, 'everything'>, ReadonlyMap<string, string>>>;
}

/** Something in the state that this version does not understand; while it stands every call is denied (protocol D7). */
export interface Unreadable {
  readonly rule: string;
  readonly revision: number;
  readonly what: string;
}

/**
 * Everything a guard needs to decide, as of one revision. Immutable: `applyChanges` gives a new state that shares what did
 * not change, and a call sees one state from start to end. Only `slice`, `revision` and `server` are meant for hosts.
 */
export interface State {
  /** The id of the server whose slice this is. */
  readonly slice: string;
  /** The revision the state is complete up to. */
  readonly revision: number;
  /** The server itself, or `undefined` before the first snapshot and after it left. */
  readonly server: RegisteredServer | undefined;
  /** By id. A slice holds its server's own and no other; only that one is ever asked about. */
  readonly environments: ReadonlyMap<string, HeldEnvironment>;
  readonly agents: Table<AgentStatus>;
  readonly credentials: Table<Credential>;
  /** By agent: its credentials, ordered by id; never none. */
  readonly credentialsOf: Table<readonly Credential[]>;
  /** By agent: the revision below which its tokens are dead. */
  readonly cutOffs: Table<number>;
  /** By `jti`: the revision at which the token was revoked. */
  readonly revokedTokens: Table<number>;
  readonly conversations: Table<Conversation>;
  readonly directories: Table<HeldDirectory>;
  readonly assignments: Table<Assignment>;
  /** By agent: its assignments in every environment, ordered by id; never none. */
  readonly assigned: Table<readonly Assignment[]>;
  readonly tools: ReadonlyMap<string, KnownTool>;
  readonly grants: Table<CompiledGrant>;
  /** By role: what is granted in each environment. */
  readonly grantsByRole: Table<readonly GrantSlice[]>;
  /** By conversation and role (`widenedKey`): what is granted in each environment in that conversation alone. */
  readonly widened: Table<readonly GrantSlice[]>;
  readonly stops: Stops;
  readonly policies: HeldPolicies;
  readonly unreadable: ReadonlyMap<string, Unreadable>;
}

/** No engaged kill switch. */
export const noStops: Stops = {
  byId: new Map(),
  isAnyEngaged: false,
  everything: undefined,
  byTarget: {
    environment: new Map(),
    'tool-class': new Map(),
    server: new Map(),
    tool: new Map(),
    agent: new Map(),
    role: new Map(),
    user: new Map(),
    conversation: new Map(),
  },
};

/** Every environment enforces. */
export const noEnvironments: State['environments'] = new Map();

/** The state of a guard that has heard nothing yet: it knows no agent, no tool and no grant, and so denies every call. */
export function emptyState(server: string): State {
  return {
    slice: server,
    revision: 0,
    server: undefined,
    environments: noEnvironments,
    agents: new Table(),
    credentials: new Table(),
    credentialsOf: new Table(),
    cutOffs: new Table(),
    revokedTokens: new Table(),
    conversations: new Table(),
    directories: new Table(),
    assignments: new Table(),
    assigned: new Table(),
    tools: new Map(),
    grants: new Table(),
    grantsByRole: new Table(),
    widened: new Table(),
    stops: noStops,
    policies: noPolicies,
    unreadable: new Map(),
  };
}
