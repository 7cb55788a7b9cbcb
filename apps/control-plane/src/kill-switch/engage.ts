import type { KillSwitchScope, Revision } from '@portcullis/contracts';
import pg from 'pg';
import { runCommand, type CommandResult } from '../change-log/command.js';
import { standardLimits, type CommandLimits } from '../change-log/limits.js';
import { Refusal } from '../platform/refusal.js';
import { resolvesTarget } from './engage-target.js';

export interface Engagement {
  /** A UUID made by the client: repeating the command with it is harmless. */
  readonly id: string;
  readonly scope: KillSwitchScope;
  readonly target: string;
  readonly reason: string;
  readonly person: string;
}

/** 55P03: a lock was not had in time; 57014: the statement limit; the rest: no connection, or none left. */
const notNow = new Set([
  '55P03',
  '57014',
  '53300',
  '57P01',
  '57P03',
  '08006',
  '08001',
  '25P03',
  'ECONNREFUSED',
  'ECONNRESET',
]);

/**
 * Engages a kill switch. The same id again gives the same revision and no second change; with another scope or target it is
 * a `conflict`. When the change log cannot be had at once the answer is `not_stopped`, loudly, and the caller tries again.
 */
export async function engage(
  on: pg.Pool | pg.ClientBase,
  input: Engagement,
  limits: CommandLimits = standardLimits,
): Promise<{ engagement: string; revision: Revision }> {
  try {
    const { value, revision } = await engageOnce(on, input, limits);
    return { engagement: input.id, revision: value ?? revision };
  } catch (cause) {
    if (cause instanceof Refusal || !isNotNow(cause)) throw cause;
    throw new Refusal(
      'not_stopped',
      'NOT STOPPED: the change log could not be written; repeat this request with the same engagement id',
      {
        engagement: input.id,
        retryAfterMs: 200,
      },
    );
  }
}

function engageOnce(
  on: pg.Pool | pg.ClientBase,
  input: Engagement,
  limits: CommandLimits,
): Promise<CommandResult<Revision | undefined>> {
  return runCommand(
    on,
    async ({ client, append }) => {
      const made = await client.query<{ at: Date }>(
        `insert into engagement (id, scope, target, reason, engaged_by) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing returning engaged_at as at`,
        [input.id, input.scope, input.target, input.reason, input.person],
      );
      const at = made.rows[0]?.at;
      if (at === undefined) return repeatedRevision(client, input);
      if (!(await resolvesTarget(client, input.scope, input.target)))
        throw new Refusal('not_found', `there is no ${input.scope} ${JSON.stringify(input.target)} to stop`, {
          scope: input.scope,
          target: input.target,
        });
      append('kill-switch', input.id, {
        scope: input.scope,
        target: input.target,
        status: 'engaged',
        engagedAt: at.getTime(),
      });
      return undefined;
    },
    { limits, isKill: true },
  );
}

async function repeatedRevision(client: pg.ClientBase, input: Engagement): Promise<Revision> {
  const known = await client.query<{ scope: string; target: string; revision: string }>(
    `select scope, target, (select min(revision) from change_history where kind = 'kill-switch' and object_id = engagement.id::text)::text as revision
     from engagement where id = $1`,
    [input.id],
  );
  const row = known.rows[0];
  if (row?.scope !== input.scope || row.target !== input.target)
    throw new Refusal('conflict', 'this engagement id already stands for another stop', {
      engagement: input.id,
      scope: row?.scope,
      target: row?.target,
    });
  return Number(row.revision) as Revision;
}

function isNotNow(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return (
    notNow.has(code) ||
    /timeout exceeded when trying to connect|Connection terminated|Query read timeout/.test(cause.message)
  );
}
