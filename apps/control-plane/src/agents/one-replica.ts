import pg from 'pg';
import type { Log } from '../platform/log.js';

/** Of all replicas one carries out what ends by itself, so that the budget of automatic revisions holds for all together (B5). */
export class OneReplica {
  #client: pg.Client | undefined;
  #isHeld = false;

  /** Needs a connection of its own, past any pooler: the lock lives and dies with it. */
  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  /** Whether it is this one; asking makes it this one when there is none. */
  async isThis(): Promise<boolean> {
    if (this.#isHeld) return true;
    const client = (this.#client ??= await this.#connect());
    const { rows } = await client.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtext('portcullis-automatic-ends')) as held`,
    );
    this.#isHeld = rows[0]?.held === true && this.#client === client;
    return this.#isHeld;
  }

  async stop(): Promise<void> {
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'portcullis-automatic-ends',
      keepAlive: true,
    });
    client.on('error', (error) => this.log.warn({ err: error }, 'the connection of the automatic ends broke'));
    client.on('end', () => {
      this.#client = undefined;
      this.#isHeld = false;
    });
    await client.connect();
    return client;
  }
}
