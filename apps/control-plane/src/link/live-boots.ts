interface BootLife {
  sockets: number;
  leaseEnds: number;
}

/**
 * The boots of each guard that this replica knows to be alive: one with an open feed and a lease that still runs. While
 * there is one, another boot of the same guard (a copied state folder) gets neither feed nor lease (P-E1).
 */
export class LiveBoots {
  readonly #guards = new Map<string, Map<string, BootLife>>();

  opened(guard: string, boot: string): void {
    this.#life(guard, boot).sockets++;
  }

  closed(guard: string, boot: string): void {
    this.#life(guard, boot).sockets--;
    this.#forgetDead(guard);
  }

  renewed(guard: string, boot: string, leaseMs: number, now = performance.now()): void {
    this.#life(guard, boot).leaseEnds = now + leaseMs;
    this.#forgetDead(guard, now);
  }

  isAnotherAlive(guard: string, boot: string, now = performance.now()): boolean {
    return [...(this.#guards.get(guard) ?? [])].some(
      ([other, life]) => other !== boot && life.sockets > 0 && life.leaseEnds > now,
    );
  }

  #life(guard: string, boot: string): BootLife {
    const boots = this.#guards.get(guard) ?? new Map<string, BootLife>();
    const life = boots.get(boot) ?? { sockets: 0, leaseEnds: 0 };
    this.#guards.set(guard, boots.set(boot, life));
    return life;
  }

  #forgetDead(guard: string, now = performance.now()): void {
    const boots = this.#guards.get(guard);
    for (const [boot, life] of boots ?? []) if (life.sockets <= 0 && life.leaseEnds <= now) boots?.delete(boot);
    if (boots?.size === 0) this.#guards.delete(guard);
  }
}
