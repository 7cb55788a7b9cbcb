import { Inject, Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { FETCH_PUBLIC } from '../app/provided.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { FetchPublic } from '../platform/fetch-public.js';
import { Refusal } from '../platform/refusal.js';
import { materialOf, type CredentialMaterial } from './credential-material.js';
import {
  agentOf,
  credentialValue,
  lockedAgent,
  lockedCredential,
  requireStage,
  type CredentialRow,
} from './credential-row.js';
import type { IssueCredential } from './issue-credential.input.js';

export interface Issued {
  readonly id: string;
  readonly secret: string | null;
}

@Injectable()
export class CredentialsCommands {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(FETCH_PUBLIC) private readonly fetchPublic: FetchPublic,
  ) {}

  /** Locks the agent's status: an issue that meets a retirement waits for it, and is then refused. */
  async issue(by: Viewer, asked: IssueCredential, stage: 'prepared' | 'active'): Promise<CommandResult<Issued>> {
    if (asked.expiresAt !== null && asked.expiresAt <= Date.now())
      throw new Refusal('input_invalid', 'expiresAt: is in the past', {
        fields: [{ path: 'expiresAt', message: 'is in the past' }],
      });
    const material = await materialOf(asked, this.fetchPublic);
    return this.unit.run(async ({ client, append }) => {
      await lockedAgent(client, asked.agent);
      const row = await insertCredential(client, { ...asked, ...material, stage, by: by.email });
      append('credential', row.id, credentialValue(row, stage));
      return { id: row.id, secret: material.secret };
    });
  }

  /** From now on it is given tokens. */
  activate(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      await lockedAgent(client, await agentOf(client, id));
      const held = await lockedCredential(client, id);
      requireStage(held, 'prepared');
      await client.query(`update credential set stage = 'active', activated_at = now() where id = $1`, [id]);
      append('credential', id, credentialValue(held.row, 'active'));
      return id;
    });
  }

  /** Good until its overlap ends; then it is over everywhere by itself. */
  retire(id: string, overlapSeconds: number): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockedCredential(client, id);
      requireStage(held, 'active');
      append('credential', id, credentialValue(await beginOverlap(client, id, overlapSeconds), 'retiring'));
      return id;
    });
  }

  /** One way: a revoked credential never lives again. */
  revoke(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const { row, status } = await lockedCredential(client, id);
      if (status === 'revoked' || status === 'tainted')
        throw new Refusal('already_revoked', `${id} is ${status} already`, { credential: id, status });
      await client.query('insert into credential_revocation (credential_id, revoked_by) values ($1, $2)', [
        id,
        by.email,
      ]);
      append('credential', id, credentialValue(row, 'revoked'));
      return id;
    });
  }
}

interface NewCredential extends CredentialMaterial, Omit<IssueCredential, 'publicJwk' | 'jwksUri'> {
  readonly stage: 'prepared' | 'active';
  readonly by: string;
  readonly derivedFrom?: string;
}

/** Writes the row; the agent's status must be locked. */
export async function insertCredential(client: ClientBase, made: NewCredential): Promise<CredentialRow> {
  const moment = (at: number | null) => (at === null ? null : new Date(at));
  const inserted = await client.query<CredentialRow>(
    `insert into credential (id, agent_id, kind, stage, prefix, secret_hash, public_jwk, jwks_uri, not_before, expires_at,
       created_by, derived_from, activated_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, case when $4 = 'active' then now() end) returning *`,
    [
      newId('cr'),
      made.agent,
      made.kind,
      made.stage,
      made.prefix,
      made.secretHash,
      made.publicJwk === null ? null : JSON.stringify(made.publicJwk),
      made.jwksUri,
      moment(made.notBefore),
      moment(made.expiresAt),
      made.by,
      made.derivedFrom ?? null,
    ],
  );
  const [row] = inserted.rows;
  if (row === undefined) throw new Error('an inserted credential was not returned');
  return row;
}

/** Whole milliseconds, because that is what guards are told; the credential must be locked. */
export async function beginOverlap(client: ClientBase, id: string, overlapSeconds: number): Promise<CredentialRow> {
  const updated = await client.query<CredentialRow>(
    `update credential set stage = 'retiring', retiring_since = now(),
       retires_at = date_trunc('milliseconds', now()) + make_interval(secs => $2) where id = $1 returning *`,
    [id, overlapSeconds],
  );
  const [row] = updated.rows;
  if (row === undefined) throw new Error(`credential ${id} is gone`);
  return row;
}
