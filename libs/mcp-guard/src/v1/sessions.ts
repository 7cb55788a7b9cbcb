import type { VerifiedCaller } from '@portcullis/guard';

/** What keeping a session needs of it. */
export interface KeptSession {
  readonly id: string;
  readonly agent: string;
  readonly isIdle: boolean;
  readonly lastUsedMs: number;
  belongsTo(caller: VerifiedCaller): boolean;
  close(): Promise<void>;
}

/** How many sessions may live, and how long an unused one does. */
export interface SessionBounds {
  readonly total: number;
  readonly perAgent: number;
  readonly idleMs: number;
}

export const sessionBounds: SessionBounds = { total: 4096, perAgent: 256, idleMs: 30 * 60_000 };

/** The sessions of one protected server. */
export class Sessions<S extends KeptSession> {
  readonly #byId = new Map<string, S>();
  readonly #sweep: NodeJS.Timeout;

  constructor(private readonly bounds: SessionBounds = sessionBounds) {
    this.#sweep = setInterval(() => this.#closeIdle(), Math.min(60_000, bounds.idleMs)).unref();
  }

  get all(): readonly S[] {
    return [...this.#byId.values()];
  }

  /** A session of this caller. One that is another's is as unknown as one that never was. */
  find(id: string, caller: VerifiedCaller): S | undefined {
    const session = this.#byId.get(id);
    return session?.belongsTo(caller) === true ? session : undefined;
  }

  /**
   * Makes room for one more session of an agent by closing that agent's longest unused one when it has its share. False when
   * there is none to close: another agent's session never makes room.
   */
  async makeRoom(agent: string): Promise<boolean> {
    const own = this.all.filter((session) => session.agent === agent);
    if (own.length < this.bounds.perAgent && this.#byId.size < this.bounds.total) return true;
    const [oldest] = own.filter((session) => session.isIdle).sort((a, b) => a.lastUsedMs - b.lastUsedMs);
    if (oldest === undefined) return false;
    await oldest.close();
    return true;
  }

  add(session: S): void {
    this.#byId.set(session.id, session);
  }

  remove(session: S): void {
    this.#byId.delete(session.id);
  }

  async closeAll(): Promise<void> {
    clearInterval(this.#sweep);
    await Promise.allSettled(this.all.map((session) => session.close()));
  }

  #closeIdle(): void {
    const limit = performance.now() - this.bounds.idleMs;
    for (const session of this.all) {
      if (session.isIdle && session.lastUsedMs < limit) void session.close().catch(() => this.remove(session));
    }
  }
}
