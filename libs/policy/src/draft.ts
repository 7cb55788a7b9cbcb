import type { Engines } from './engines.js';
import type { HeldPolicies } from './policies/held-policies.js';
import type { KnownTool, RegisteredServer, State, Stops, Unreadable } from './state.js';
import type { TableEdit } from './table.js';

type Mutable<T> = T extends { edit(): TableEdit<infer V> } ? TableEdit<V> : never;

/** One `applyChanges` at work: every table open for editing, and the maps this draft has already copied and may write to. */
export class Draft {
  readonly slice: string;
  readonly agents: Mutable<State['agents']>;
  readonly credentials: Mutable<State['credentials']>;
  readonly cutOffs: Mutable<State['cutOffs']>;
  readonly revokedTokens: Mutable<State['revokedTokens']>;
  readonly conversations: Mutable<State['conversations']>;
  readonly directories: Mutable<State['directories']>;
  readonly assignments: Mutable<State['assignments']>;
  readonly rolesHeld: Mutable<State['rolesHeld']>;
  readonly grants: Mutable<State['grants']>;
  readonly grantsByRole: Mutable<State['grantsByRole']>;
  readonly widened: Mutable<State['widened']>;
  server: RegisteredServer | undefined;
  environments: State['environments'];
  tools: ReadonlyMap<string, KnownTool>;
  stops: Stops;
  policies: HeldPolicies;
  unreadable: ReadonlyMap<string, Unreadable>;
  readonly #own = new Set<ReadonlyMap<string, unknown>>();

  constructor(
    before: State,
    readonly engines: Engines,
  ) {
    this.slice = before.slice;
    this.server = before.server;
    this.environments = before.environments;
    this.agents = before.agents.edit();
    this.credentials = before.credentials.edit();
    this.cutOffs = before.cutOffs.edit();
    this.revokedTokens = before.revokedTokens.edit();
    this.conversations = before.conversations.edit();
    this.directories = before.directories.edit();
    this.assignments = before.assignments.edit();
    this.rolesHeld = before.rolesHeld.edit();
    this.tools = before.tools;
    this.grants = before.grants.edit();
    this.grantsByRole = before.grantsByRole.edit();
    this.widened = before.widened.edit();
    this.stops = before.stops;
    this.policies = before.policies;
    this.unreadable = before.unreadable;
  }

  /** A map this draft may write to: the given one if it made it, else a copy. */
  own<V>(map: ReadonlyMap<string, V> | undefined): Map<string, V> {
    if (map && this.#own.has(map)) return map as Map<string, V>;
    const copy = new Map(map ?? []);
    this.#own.add(copy);
    return copy;
  }

  done(revision: number): State {
    return {
      slice: this.slice,
      revision,
      server: this.server,
      environments: this.environments,
      agents: this.agents.done(),
      credentials: this.credentials.done(),
      cutOffs: this.cutOffs.done(),
      revokedTokens: this.revokedTokens.done(),
      conversations: this.conversations.done(),
      directories: this.directories.done(),
      assignments: this.assignments.done(),
      rolesHeld: this.rolesHeld.done(),
      tools: this.tools,
      grants: this.grants.done(),
      grantsByRole: this.grantsByRole.done(),
      widened: this.widened.done(),
      stops: this.stops,
      policies: this.policies,
      unreadable: this.unreadable,
    };
  }
}
