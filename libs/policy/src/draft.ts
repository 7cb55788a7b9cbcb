import type { Engines } from './engines.js';
import type { HeldPolicies } from './policies/held-policies.js';
import type { KnownTool, RegisteredServer, State, Stops, Unreadable } from './state.js';
import type { Table, TableEdit } from './table.js';

type Edit<Name extends keyof State> = State[Name] extends Table<infer V> ? TableEdit<V> : never;

/** One `applyChanges` at work: tables open for editing once they are asked for, and the maps this draft has already copied and may write to. */
export class Draft {
  readonly slice: string;
  server: RegisteredServer | undefined;
  environments: State['environments'];
  tools: ReadonlyMap<string, KnownTool>;
  stops: Stops;
  policies: HeldPolicies;
  unreadable: ReadonlyMap<string, Unreadable>;
  readonly #before: State;
  #agents: Edit<'agents'> | undefined;
  #credentials: Edit<'credentials'> | undefined;
  #credentialsOf: Edit<'credentialsOf'> | undefined;
  #cutOffs: Edit<'cutOffs'> | undefined;
  #revokedTokens: Edit<'revokedTokens'> | undefined;
  #conversations: Edit<'conversations'> | undefined;
  #directories: Edit<'directories'> | undefined;
  #assignments: Edit<'assignments'> | undefined;
  #assigned: Edit<'assigned'> | undefined;
  #grants: Edit<'grants'> | undefined;
  #grantsByRole: Edit<'grantsByRole'> | undefined;
  #widened: Edit<'widened'> | undefined;
  #names: Map<string, string> | undefined;
  #own: Set<ReadonlyMap<string, unknown>> | undefined;

  constructor(
    before: State,
    readonly engines: Engines,
  ) {
    this.#before = before;
    this.slice = before.slice;
    this.server = before.server;
    this.environments = before.environments;
    this.tools = before.tools;
    this.stops = before.stops;
    this.policies = before.policies;
    this.unreadable = before.unreadable;
  }

  get agents(): Edit<'agents'> {
    return (this.#agents ??= this.#before.agents.edit());
  }

  get credentials(): Edit<'credentials'> {
    return (this.#credentials ??= this.#before.credentials.edit());
  }

  get credentialsOf(): Edit<'credentialsOf'> {
    return (this.#credentialsOf ??= this.#before.credentialsOf.edit());
  }

  get cutOffs(): Edit<'cutOffs'> {
    return (this.#cutOffs ??= this.#before.cutOffs.edit());
  }

  get revokedTokens(): Edit<'revokedTokens'> {
    return (this.#revokedTokens ??= this.#before.revokedTokens.edit());
  }

  get conversations(): Edit<'conversations'> {
    return (this.#conversations ??= this.#before.conversations.edit());
  }

  get directories(): Edit<'directories'> {
    return (this.#directories ??= this.#before.directories.edit());
  }

  get assignments(): Edit<'assignments'> {
    return (this.#assignments ??= this.#before.assignments.edit());
  }

  get assigned(): Edit<'assigned'> {
    return (this.#assigned ??= this.#before.assigned.edit());
  }

  get grants(): Edit<'grants'> {
    return (this.#grants ??= this.#before.grants.edit());
  }

  get grantsByRole(): Edit<'grantsByRole'> {
    return (this.#grantsByRole ??= this.#before.grantsByRole.edit());
  }

  get widened(): Edit<'widened'> {
    return (this.#widened ??= this.#before.widened.edit());
  }

  /** The same name, as one string for all in these changes that carry it: whoever compares it with that one is done without reading either. */
  nameOf(name: string): string {
    this.#names ??= new Map();
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }

  /** As `nameOf`, shared with the tool whose id it is, if it is one. Tools may come after the grants that name them. */
  sharedNameOf(id: string): string {
    const known = this.tools.get(id.slice(this.slice.length + 1))?.id;
    return known === id ? known : this.nameOf(id);
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
      agents: this.#agents?.done() ?? this.#before.agents,
      credentials: this.#credentials?.done() ?? this.#before.credentials,
      credentialsOf: this.#credentialsOf?.done() ?? this.#before.credentialsOf,
      cutOffs: this.#cutOffs?.done() ?? this.#before.cutOffs,
      revokedTokens: this.#revokedTokens?.done() ?? this.#before.revokedTokens,
      conversations: this.#conversations?.done() ?? this.#before.conversations,
      directories: this.#directories?.done() ?? this.#before.directories,
      assignments: this.#assignments?.done() ?? this.#before.assignments,
      assigned: this.#assigned?.done() ?? this.#before.assigned,
      tools: this.tools,
      grants: this.#grants?.done() ?? this.#before.grants,
      grantsByRole: this.#grantsByRole?.done() ?? this.#before.grantsByRole,
      widened: this.#widened?.done() ?? this.#before.widened,
      stops: this.stops,
      policies: this.policies,
      unreadable: this.unreadable,
    };
  }
}
