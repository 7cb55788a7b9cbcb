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
  readonly credentialsOf: Mutable<State['credentialsOf']>;
  readonly cutOffs: Mutable<State['cutOffs']>;
  readonly revokedTokens: Mutable<State['revokedTokens']>;
  readonly conversations: Mutable<State['conversations']>;
  readonly directories: Mutable<State['directories']>;
  readonly assignments: Mutable<State['assignments']>;
  readonly assigned: Mutable<State['assigned']>;
  readonly grants: Mutable<State['grants']>;
  readonly grantsByRole: Mutable<State['grantsByRole']>;
  readonly widened: Mutable<State['widened']>;
  server: RegisteredServer | undefined;
  environments: State['environments'];
  tools: ReadonlyMap<string, KnownTool>;
  stops: Stops;
  policies: HeldPolicies;
  unreadable: ReadonlyMap<string, Unreadable>;
  #names: Map<string, string> | undefined;
  #own: Set<ReadonlyMap<string, unknown>> | undefined;

  constructor(
    before: State,
    readonly engines: Engines,
  ) {
    this.slice = before.slice;
    this.server = before.server;
    this.environments = before.environments;
    this.agents = before.agents.edit();
    this.credentials = before.credentials.edit();
    this.credentialsOf = before.credentialsOf.edit();
    this.cutOffs = before.cutOffs.edit();
    this.revokedTokens = before.revokedTokens.edit();
    this.conversations = before.conversations.edit();
    this.directories = before.directories.edit();
    this.assignments = before.assignments.edit();
    this.assigned = before.assigned.edit();
    this.tools = before.tools;
    this.grants = before.grants.edit();
    this.grantsByRole = before.grantsByRole.edit();
    this.widened = before.widened.edit();
    this.stops = before.stops;
    this.policies = before.policies;
    this.unreadable = before.unreadable;
  }

  /**
   * The same name, as one string for all that carry it: whoever compares it with that one is done without reading either. Tools may
   * come after the grants that name them.
   */
  nameOf(toolId: string): string {
    const known = this.tools.get(toolId.slice(this.slice.length + 1))?.id ?? this.#names?.get(toolId);
    if (known === toolId) return known;
    (this.#names ??= new Map()).set(toolId, toolId);
    return toolId;
  }

  /** A map this draft may write to: the given one if it made it, else a copy. */
  own<V>(map: ReadonlyMap<string, V>): Map<string, V> {
    if (this.#own?.has(map)) return map as Map<string, V>;
    const copy = new Map(map);
    (this.#own ??= new Set()).add(copy);
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
      credentialsOf: this.credentialsOf.done(),
      cutOffs: this.cutOffs.done(),
      revokedTokens: this.revokedTokens.done(),
      conversations: this.conversations.done(),
      directories: this.directories.done(),
      assignments: this.assignments.done(),
      assigned: this.assigned.done(),
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
