import { asRevision, feedObjectSchemas, type FeedKind, type FeedValue, type Revision } from '@portcullis/contracts';
import pg from 'pg';
import { standardLimits, type CommandLimits } from './limits.js';

/** What the work of a command may use. Rows are locked and loaded through `client`; what guards must know is appended. */
export interface CommandTransaction {
  readonly client: pg.ClientBase;
  /** The whole new value of one object, or `null` for its tombstone. Written last, under one revision. */
  append<K extends FeedKind>(kind: K, id: string, value: FeedValue<K> | null): void;
}

export interface CommandResult<T> {
  readonly value: T;
  readonly revision: Revision;
}

export interface CommandOptions {
  readonly limits?: CommandLimits;
  /** A kill waits for any lock, the counter included, no longer than `killLockTimeoutMs`. */
  readonly isKill?: boolean;
}

type Work<T> = (transaction: CommandTransaction) => Promise<T>;
type Change = readonly [kind: string, id: string, value: string | null];

const retries = 3;
const retryCodes = new Set(['40001', '40P01']);

/**
 * Runs one command. The work locks, loads, refuses by throwing, writes its tables and appends; counter, changes, NOTIFY and
 * COMMIT then go in one round trip (P-B2). Given a pool, serialisation failures and deadlocks are retried three times. Given
 * a client, that client must be outside a transaction. Without an append the revision is the one in force.
 */
export async function runCommand<T>(
  on: pg.Pool | pg.ClientBase,
  work: Work<T>,
  options: CommandOptions = {},
): Promise<CommandResult<T>> {
  if (!(on instanceof pg.Pool)) return runOnce(on, work, options);
  for (let attempt = 0; ; attempt++) {
    const client = await on.connect();
    let failure: unknown;
    try {
      return await runOnce(client, work, options);
    } catch (error) {
      failure = error;
      if (attempt >= retries || !(error instanceof pg.DatabaseError) || !retryCodes.has(error.code ?? '')) throw error;
    } finally {
      client.release(failure !== undefined && isBroken(failure));
    }
  }
}

function isBroken(failure: unknown): boolean {
  return failure instanceof Error && 'leftOpen' in failure;
}

async function runOnce<T>(client: pg.ClientBase, work: Work<T>, options: CommandOptions): Promise<CommandResult<T>> {
  const changes: Change[] = [];
  const limits = options.limits ?? standardLimits;
  const impatience = options.isKill === true ? `; set local lock_timeout = ${limits.killLockTimeoutMs}` : '';
  await client.query(`begin isolation level read committed${impatience}`);
  try {
    const value = await work({ client, append: (kind, id, next) => void changes.push(changeOf(kind, id, next)) });
    const revision =
      changes.length === 0 ? await commitUnchanged(client) : await commitChanges(client, changes, limits);
    return { value, revision };
  } catch (error) {
    await client.query('rollback').catch(() => {
      if (error instanceof Error) Object.assign(error, { leftOpen: true });
    });
    throw error;
  }
}

function changeOf<K extends FeedKind>(kind: K, id: string, value: FeedValue<K> | null): Change {
  return [kind, id, value === null ? null : JSON.stringify(feedObjectSchemas[kind].parse(value))];
}

async function commitUnchanged(client: pg.ClientBase): Promise<Revision> {
  const found = await client.query<{ revision: string }>('select revision::text from change_counter');
  await client.query('commit');
  return asRevision(Number(found.rows[0]?.revision));
}

async function commitChanges(
  client: pg.ClientBase,
  changes: readonly Change[],
  limits: CommandLimits,
): Promise<Revision> {
  if (changes.length > limits.maxChanges)
    throw new RangeError(`a revision holds at most ${limits.maxChanges} changes, not ${changes.length}`);
  const results: unknown = await client.query(appendAndCommit(changes, limits));
  const last = Array.isArray(results) ? (results as pg.QueryResult<{ revision: string }>[]) : [];
  const revision = last.find((result) => result.rows[0]?.revision !== undefined)?.rows[0]?.revision;
  if (last.at(-1)?.command !== 'COMMIT' || revision === undefined)
    throw new Error('the change log did not confirm the commit');
  return asRevision(Number(revision));
}

/** One simple-protocol message: the counter is a lock that the whole installation waits for while it is held. */
function appendAndCommit(changes: readonly Change[], limits: CommandLimits): string {
  return [
    `set local statement_timeout = ${limits.statementTimeoutMs}`,
    `set local idle_in_transaction_session_timeout = ${limits.idleTimeoutMs}`,
    `select portcullis_append(${pg.escapeLiteral(JSON.stringify(changes))}::jsonb)::text as revision`,
    'commit',
  ].join('; ');
}
