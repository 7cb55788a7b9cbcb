import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import { agentOf, credentialValue, type CredentialRow } from './credential-row.js';

/** What a taint took along, the credential itself included. */
export interface Tainted {
  readonly credentials: number;
  /** Open conversations that were opened with one of them. */
  readonly conversations: number;
}

/** Room for the rest of a revision; a longer chain of successors follows in revisions of its own. */
const mostInOneRevision = 400;

@Injectable()
export class TaintCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /**
   * One way. The credential and everything derived from it become `tainted`, a revoked one too: a revocation ends its own
   * tokens, a taint also what other parties made from them.
   */
  async taint(by: Viewer, id: string, reason: string): Promise<CommandResult<Tainted>> {
    let credentials = 0;
    for (;;) {
      const isFirst = credentials === 0;
      const { value, revision } = await this.unit.run((work) => taintSome(work, { id, reason, by: by.email, isFirst }));
      credentials += value.tainted;
      if (!value.isMore) return { value: { credentials, conversations: value.conversations }, revision };
    }
  }
}

interface Taint {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly isFirst: boolean;
}

async function taintSome({ client, append }: CommandTransaction, { id, reason, by, isFirst }: Taint) {
  await agentOf(client, id);
  const rows = await lockedFamily(client, id);
  const known = await taintedAmong(client, [...rows.keys()]);
  if (isFirst && known.has(id)) throw new Refusal('already_revoked', `${id} is tainted already`, { credential: id });
  const clean = [...rows.values()].filter((row) => !known.has(row.id));
  const next = [...clean.filter((row) => row.id === id), ...clean.filter((row) => row.id !== id)];
  const now = next.slice(0, mostInOneRevision);
  await client.query(
    `insert into credential_taint (credential_id, tainted_by, reason, from_credential)
     select c, $2, $3, case when c = $4 then null else $4 end from unnest($1::text[]) c`,
    [now.map((row) => row.id), by, reason, id],
  );
  for (const row of now) append('credential', row.id, credentialValue(row, 'tainted'));
  const reached = await client.query<{ count: number }>(
    `select count(*)::int as count from conversation where status = 'open' and expires_at > now() and credential_id = any($1)`,
    [[...rows.keys()]],
  );
  return { tainted: now.length, conversations: reached.rows[0]?.count ?? 0, isMore: clean.length > now.length };
}

/**
 * Locks a credential and all its successors. A rotation in the making holds the lock of the one it replaces, and what it makes
 * is seen once that lock is ours: so the family is read again until it has not grown.
 */
async function lockedFamily(client: ClientBase, id: string): Promise<Map<string, CredentialRow>> {
  let locked = new Map<string, CredentialRow>();
  for (;;) {
    const found = await client.query<{ id: string }>(
      `with recursive family as (
         select id from credential where id = $1
         union select c.id from credential c join family f on c.derived_from = f.id
       ) select id from family`,
      [id],
    );
    if (found.rows.length === locked.size) return locked;
    locked = await lockRows<CredentialRow>(
      client,
      'credential',
      found.rows.map((row) => row.id),
    );
  }
}

async function taintedAmong(client: ClientBase, ids: readonly string[]): Promise<Set<string>> {
  const found = await client.query<{ id: string }>(
    'select credential_id as id from credential_taint where credential_id = any($1)',
    [ids],
  );
  return new Set(found.rows.map((row) => row.id));
}
