import pg from 'pg';
import type { Log } from '../platform/log.js';

const pollEveryMs = 1000;
const reconnectAfterMs = 250;

/**
 * Wakes a reader of the change log: LISTEN on a connection of its own (poolers break it), and a slow poll behind it, since
 * nothing is replayed after a reconnect. It carries no data.
 */
export class ChangeWake {
  #client: pg.Client | undefined;
  #poll: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(
    private readonly url: string,
    private readonly onWake: () => void,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    this.#poll = setInterval(this.onWake, pollEveryMs);
    await this.#listen();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'portcullis-listen',
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', this.onWake);
    client.on('error', (error) => this.log.warn({ err: error }, 'the connection that listens for changes broke'));
    client.on('end', () => this.#again());
    try {
      await client.connect();
      await client.query('listen portcullis_change');
      this.onWake();
    } catch (error) {
      this.log.warn({ err: error }, 'cannot listen for changes; the poll goes on');
      await client.end().catch(() => undefined);
      this.#again();
    }
  }

  #again(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#listen(), reconnectAfterMs);
  }
}
