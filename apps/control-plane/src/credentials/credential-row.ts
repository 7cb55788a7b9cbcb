import type { CredentialStatus, FeedValue } from '@portcullis/contracts';
import type { ClientBase } from 'pg';
import { lockRows } from '../change-log/lock-rows.js';
import { Refusal } from '../platform/refusal.js';
import { credentialEndMs, type CredentialEnds } from './end-of.js';

export interface CredentialRow extends CredentialEnds {
  readonly id: string;
  readonly agent_id: string;
  readonly kind: 'private_key_jwt' | 'secret';
  readonly stage: 'prepared' | 'active' | 'retiring';
  readonly not_before: Date | null;
}

/** What guards are told of a credential. Its end is the earlier of expiry and overlap, so that it ends while nobody is heard. */
export function credentialValue(row: CredentialRow, status: CredentialStatus): FeedValue<'credential'> {
  const value = { agent: row.agent_id, status, expiresAt: credentialEndMs(row) };
  return row.not_before === null ? value : { ...value, notBefore: row.not_before.getTime() };
}

/** Locks an agent's status and refuses when it is not there or retired: whatever makes a credential begins with this. */
export async function lockedAgent(client: ClientBase, agent: string): Promise<void> {
  const held = await lockRows<{ status: string }>(client, 'agent_status', [agent]);
  const status = held.get(agent)?.status;
  if (status === undefined) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
  if (status === 'retired') throw new Refusal('retired', `${agent} is retired for good`, { agent });
}

/** The agent of a credential, which never changes: read before any lock, so that the agent can be locked first. */
export async function agentOf(client: ClientBase, credential: string): Promise<string> {
  const found = await client.query<{ agent_id: string }>('select agent_id from credential where id = $1', [credential]);
  const agent = found.rows[0]?.agent_id;
  if (agent === undefined) throw new Refusal('not_found', `there is no credential ${credential}`, { credential });
  return agent;
}

/** Locks a credential, then reads how it stands: tainted before revoked before its stage. */
export async function lockedCredential(
  client: ClientBase,
  id: string,
): Promise<{ readonly row: CredentialRow; readonly status: CredentialStatus; readonly isOver: boolean }> {
  const row = (await lockRows<CredentialRow>(client, 'credential', [id])).get(id);
  if (row === undefined) throw new Refusal('not_found', `there is no credential ${id}`, { credential: id });
  const found = await client.query<{ tainted: boolean; revoked: boolean; over: boolean }>(
    `select exists (select 1 from credential_taint where credential_id = $1) as tainted,
       exists (select 1 from credential_revocation where credential_id = $1) as revoked,
       coalesce($2::timestamptz <= now(), false) as over`,
    [id, endOf(row)],
  );
  const { tainted = false, revoked = false, over = false } = found.rows[0] ?? {};
  return { row, status: tainted ? 'tainted' : revoked ? 'revoked' : row.stage, isOver: over };
}

function endOf(row: CredentialRow): Date | null {
  const end = credentialEndMs(row);
  return end === null ? null : new Date(end);
}

/** Refuses what does not stand at the one stage from which the step leads on. */
export function requireStage(
  { row, status, isOver }: Awaited<ReturnType<typeof lockedCredential>>,
  wanted: 'prepared' | 'active',
): void {
  const details = { credential: row.id, status };
  if (status === 'revoked' || status === 'tainted')
    throw new Refusal('already_revoked', `${row.id} is ${status} already`, details);
  if (status !== wanted) throw new Refusal('lifecycle_order', `${row.id} is ${status}, not ${wanted}`, details);
  if (isOver) throw new Refusal('lifecycle_order', `${row.id} has ended`, { ...details, status: 'expired' });
}
