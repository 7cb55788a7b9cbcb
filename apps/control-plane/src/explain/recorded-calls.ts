import { hash } from 'node:crypto';
import { recordedCallSchema, tasks, type RecordedCall, type Task } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { unseal } from '../keys/seal.js';
import { recordingName } from '../reports/store-recordings.js';

/** A decision of the past, with what was asked. */
export interface PastCall {
  readonly decision: string;
  readonly at: Date;
  readonly server: string;
  readonly agent: string;
  readonly instance: string | null;
  readonly credential: string;
  readonly role: string;
  readonly task: Task;
  readonly tool: string;
  readonly asked: RecordedCall;
}

/** The decisions of a window: how many there are, the newest of them that can be asked again, and how many were looked at. */
export interface PastCalls {
  readonly decisions: number;
  readonly looked: number;
  readonly calls: readonly PastCall[];
}

interface Row {
  guard: string;
  id: string;
  at: Date;
  server: string;
  agent: string;
  instance: string | null;
  credential: string | null;
  role: string | null;
  task: string | null;
  tool: string;
  argumentsHash: string;
  sealed: Buffer | null;
}

/** The newest `limit` decisions since `from`. One whose recording is missing, broken or of other arguments is left out. */
export async function pastCalls(pool: Pool, kek: Buffer, from: Date, limit: number): Promise<PastCalls> {
  const [counted, read] = await Promise.all([
    pool.query<{ count: string }>('select count(*) from decision where received_at >= $1', [from]),
    pool.query<Row>(
      `select d.guard_id as guard, d.id, d.at, d.server_id as server, d.agent, d.instance, d.credential, d.role, d.task, d.tool,
         d.arguments_hash as "argumentsHash", r.sealed
       from decision d left join recorded_call r on r.guard_id = d.guard_id and r.decision_id = d.id
       where d.received_at >= $1 order by d.position desc limit $2`,
      [from, limit],
    ),
  ]);
  const calls = read.rows.flatMap((row) => callOf(kek, row) ?? []);
  return { decisions: Number(counted.rows[0]?.count ?? 0), looked: read.rows.length, calls };
}

function callOf(kek: Buffer, row: Row): PastCall | undefined {
  const { id: decision, at, server, agent, instance, credential, role, tool } = row;
  const task = tasks.find((one) => one === row.task);
  const asked = row.sealed ? opened(kek, row, row.sealed) : undefined;
  if (!asked || credential === null || role === null || task === undefined) return undefined;
  return { decision, at, server, agent, instance, credential, role, task, tool, asked };
}

function opened(kek: Buffer, { guard, id, argumentsHash }: Row, sealed: Buffer): RecordedCall | undefined {
  try {
    const text = unseal(kek, recordingName(guard, id), sealed).toString();
    const { data } = recordedCallSchema.safeParse(JSON.parse(text));
    const isTheSame = hash('sha256', JSON.stringify(data?.arguments ?? null), 'base64url') === argumentsHash;
    return isTheSame ? data : undefined;
  } catch {
    return undefined;
  }
}
