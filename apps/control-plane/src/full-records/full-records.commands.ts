import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RecordSide } from '@portcullis/contracts';
import type { ClientBase } from 'pg';
import { CONFIG } from '../app/provided.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { readKek } from '../keys/kek.js';
import { unseal } from '../keys/seal.js';
import type { Config } from '../platform/config.js';
import { Refusal } from '../platform/refusal.js';
import { fullRecordName } from '../reports/keep-full-records.js';
import type { FullRecord, FullRecordReading, RecordedSide } from './full-record.model.js';

interface Recorded {
  readonly guard: string;
  readonly decision: string;
  readonly auditLevel: string | null;
  readonly argumentsHash: string;
  readonly resultHash: string | null;
}

interface Side {
  readonly side: RecordSide;
  readonly bytes: number;
  readonly hash: string;
  readonly sealed: Buffer | null;
}

@Injectable()
export class FullRecordsCommands {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Gives the record and writes down who had it, in one transaction: it is not read without that. */
  open(viewer: Viewer, position: number): Promise<CommandResult<FullRecord>> {
    return this.unit.run(async ({ client }) => {
      const recorded = await decisionAt(client, position);
      const { guard, decision, auditLevel } = recorded;
      if (auditLevel !== 'full')
        throw new Refusal('not_found', `${decision} has no full record: its grant did not ask for one`, { position });
      await client.query(
        `insert into full_record_reading (id, guard_id, decision_id, person_id, api_token_id) values ($1, $2, $3, $4, $5)`,
        [newId('fr'), guard, decision, viewer.personId, viewer.apiToken],
      );
      const found = await client.query<Side>(
        `select side, bytes, hash, sealed from full_record where guard_id = $1 and decision_id = $2`,
        [guard, decision],
      );
      const kek = readKek(this.config.kekFile);
      const side = (name: RecordSide, reported: string | null) => {
        const row = found.rows.find((one) => one.side === name);
        return row ? opened(kek, fullRecordName(guard, decision, name), row, reported) : null;
      };
      return {
        decision,
        arguments: side('arguments', recorded.argumentsHash),
        result: side('result', recorded.resultHash),
        readings: await readingsOf(client, recorded),
      };
    });
  }
}

async function decisionAt(client: ClientBase, position: number): Promise<Recorded> {
  const found = await client.query<Recorded>(
    `select guard_id as guard, id as decision, audit_level as "auditLevel", arguments_hash as "argumentsHash",
       result_hash as "resultHash" from decision where position = $1`,
    [position],
  );
  const [row] = found.rows;
  if (!row) throw new Refusal('not_found', `there is no decision at position ${position}`, { position });
  return row;
}

function opened(kek: Buffer, name: string, { bytes, hash: told, sealed }: Side, reported: string | null): RecordedSide {
  const text = sealed && unsealed(kek, name, sealed);
  const actual = text === null ? told : hash('sha256', text, 'base64url');
  return { bytes, hash: actual, text, isAsReported: actual === reported };
}

function unsealed(kek: Buffer, name: string, sealed: Buffer): string | null {
  try {
    return unseal(kek, name, sealed).toString();
  } catch {
    return null;
  }
}

async function readingsOf(client: ClientBase, { guard, decision }: Recorded): Promise<FullRecordReading[]> {
  const found = await client.query<FullRecordReading>(
    `select r.person_id as person, u."name" as name, r.api_token_id is not null as "isByToken", r.at
     from full_record_reading r left join "user" u on u."id" = r.person_id
     where r.guard_id = $1 and r.decision_id = $2 order by r.at desc, r.id limit 100`,
    [guard, decision],
  );
  return found.rows;
}
