import type { KeyObject } from 'node:crypto';
import { publicKeyFromJwk } from '@portcullis/contracts/signed';
import type pg from 'pg';

/** A guard as it enrolled: its server (the slice) and the key that is its identity (P-F2). Neither ever changes. */
export interface KnownGuard {
  readonly id: string;
  readonly server: string;
  readonly key: KeyObject;
}

const mostKnown = 50_000;

/** Looks guards up by id, many in one query when many ask at once. Whether one was evicted is asked elsewhere, each time. */
export class GuardDirectory {
  readonly #known = new Map<string, KnownGuard>();
  #asked = new Set<string>();
  #query: Promise<void> | undefined;

  constructor(private readonly pool: pg.Pool) {}

  async find(id: string): Promise<KnownGuard | undefined> {
    if (id.length > 64 || id.includes('\0')) return undefined;
    if (!this.#known.has(id)) {
      this.#asked.add(id);
      await (this.#query ??= this.#load());
    }
    return this.#known.get(id);
  }

  async #load(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const ids = [...this.#asked];
    this.#asked = new Set();
    this.#query = undefined;
    if (this.#known.size > mostKnown) this.#known.clear();
    const found = await this.pool.query<{ id: string; server_id: string; public_jwk: Record<string, unknown> }>(
      `select id, server_id, public_jwk from guard where id = any($1::text[])`,
      [ids],
    );
    for (const row of found.rows)
      this.#known.set(row.id, { id: row.id, server: row.server_id, key: publicKeyFromJwk(row.public_jwk) });
  }
}
