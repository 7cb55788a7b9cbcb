import type pg from 'pg';
import { loadTokenKeys, type TokenKey } from './token-keys.js';
import { SharedRead } from '../platform/shared-read.js';

/** The token keys as they stand now. Ask at each use: a rotation changes the answers while the process runs. */
export interface TokenKeys {
  /** The key that signs. */
  signing(): TokenKey;
  /** Every key whose tokens are taken, the signing one first. The same array as long as nothing has changed. */
  verifying(): readonly TokenKey[];
  /** Resolves after a read that began after this call: for whoever met a key that is not known here yet. */
  refresh(): Promise<void>;
}

type Queryable = Pick<pg.ClientBase, 'query'>;

/** This replica's copy of the token keys, opened once per change. */
export class CurrentTokenKeys implements TokenKeys {
  #keys: readonly TokenKey[] = [];
  #known = '';
  readonly #shared = new SharedRead(() => this.#read());

  private constructor(
    private readonly pool: Queryable,
    private readonly kek: Buffer,
  ) {}

  /** Throws when the database holds no key that signs, or when the key-encryption key does not open it. */
  static async open(pool: Queryable, kek: Buffer): Promise<CurrentTokenKeys> {
    const keys = new CurrentTokenKeys(pool, kek);
    await keys.refresh();
    return keys;
  }

  signing(): TokenKey {
    const [first] = this.#keys;
    if (first?.state !== 'signing') throw new Error('this database holds no key that signs tokens');
    return first;
  }

  verifying(): readonly TokenKey[] {
    return this.#keys;
  }

  refresh(): Promise<void> {
    return this.#shared.refresh();
  }

  async #read(): Promise<void> {
    const found = await this.pool.query<{ standing: string | null }>(
      `select string_agg(kid || ' ' || state, ',' order by kid) as standing from signing_key
       where purpose = 'token' and state <> 'withdrawn'`,
    );
    const standing = found.rows[0]?.standing ?? '';
    if (standing === this.#known) return;
    const keys = await loadTokenKeys(this.pool, this.kek);
    if (keys[0]?.state !== 'signing') throw new Error('this database holds no key that signs tokens');
    this.#keys = keys;
    this.#known = keys
      .map(({ kid, state }) => `${kid} ${state}`)
      .sort()
      .join(',');
  }
}
