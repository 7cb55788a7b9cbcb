import { keyOf, objectOf, subjectOf, valueAs, type LogChange, type LogObject } from './log-object.js';

/** The latest objects at one revision, with the two questions that visibility asks answered from indexes. */
export class World {
  readonly #objects = new Map<string, LogObject>();
  readonly #assignments = new Map<string, Map<string, number>>();
  readonly #bySubject = new Map<string, Set<string>>();

  constructor(changes: Iterable<LogChange> = []) {
    for (const change of changes) this.place(change);
  }

  get(key: string): LogObject | undefined {
    return this.#objects.get(key);
  }

  objects(): Iterable<LogObject> {
    return this.#objects.values();
  }

  /** The environment of a slice's server; `undefined` when there is no such server. */
  environmentOf(slice: string): string | undefined {
    return valueAs(this.#objects.get(keyOf('server', slice)), 'server')?.environment;
  }

  /** Whether the agent holds any assignment in the environment. */
  holdsAny(agent: string, environment: string): boolean {
    return this.#assignments.get(environment)?.has(agent) === true;
  }

  /** The keys of everything that is about an agent. */
  keysAbout(agent: string): Iterable<string> {
    return this.#bySubject.get(agent) ?? [];
  }

  /** Puts one object in its place, or takes it away. */
  place(change: LogChange): void {
    const key = keyOf(change.kind, change.id);
    const before = this.#objects.get(key);
    const after = objectOf(change);
    if (before) this.#index(before, -1);
    if (after) this.#index(after, 1);
    if (after) this.#objects.set(key, after);
    else this.#objects.delete(key);
  }

  #index(object: LogObject, by: 1 | -1): void {
    const assignment = valueAs(object, 'assignment');
    if (assignment) this.#count(assignment.environment, assignment.agent, by);
    const subject = subjectOf(object);
    if (subject === undefined) return;
    const keys = this.#bySubject.get(subject) ?? new Set();
    if (by === 1) keys.add(object.key);
    else keys.delete(object.key);
    this.#bySubject.set(subject, keys);
  }

  #count(environment: string, agent: string, by: 1 | -1): void {
    const agents = this.#assignments.get(environment) ?? new Map<string, number>();
    const count = (agents.get(agent) ?? 0) + by;
    if (count === 0) agents.delete(agent);
    else agents.set(agent, count);
    this.#assignments.set(environment, agents);
  }
}
