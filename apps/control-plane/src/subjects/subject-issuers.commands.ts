import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, FETCH_PUBLIC } from '../app/provided.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Config } from '../platform/config.js';
import type { FetchPublic } from '../platform/fetch-public.js';
import { Refusal } from '../platform/refusal.js';
import { readIssuerKeys, type IssuerAddress } from '../published-keys/issuer-keys.js';
import { keySetReason, keySetRefusals } from '../published-keys/key-set-refusal.js';
import type { CreateSubjectIssuer, UpdateSubjectIssuer } from './subject-issuer.inputs.js';
import { noIssuer, SubjectIssuersQueries } from './subject-issuers.queries.js';

interface Row {
  readonly jwks_uri: string | null;
  readonly enabled: boolean;
}

/** Settings of the token server alone: guards are told the user of a call by its token, so the revision stays. */
@Injectable()
export class SubjectIssuersCommands {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly queries: SubjectIssuersQueries,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(FETCH_PUBLIC) private readonly fetchPublic: FetchPublic,
  ) {}

  /** Reads its metadata and keys once, so that one which can never vouch for anybody is not made. */
  async create(by: Viewer, asked: CreateSubjectIssuer): Promise<CommandResult<string>> {
    const { id, name, issuer, audience, jwksUri } = asked;
    if (issuer.replace(/\/$/, '') === this.config.publicUrl)
      throw new Refusal('issuer_refused', 'issuer: is this installation, whose people need no issuer', {
        reason: 'own_issuer',
      });
    await this.requireReadable(asked);
    return this.unit.run(async ({ client }) => {
      const made = await client.query(
        `insert into subject_issuer (id, name, issuer, audience, jwks_uri, created_by) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [id, name, issuer, audience, jwksUri, by.email],
      );
      if (made.rowCount === 0)
        throw new Refusal('already_exists', `there is already an issuer ${id}, or one with this address`, {
          issuer: id,
        });
      return id;
    });
  }

  /** Its keys are read when they come from elsewhere than before, or when it is to vouch again. */
  async update({ id, name, audience, jwksUri, enabled }: UpdateSubjectIssuer): Promise<CommandResult<string>> {
    const known = await this.queries.existing(id);
    const isNew = jwksUri !== known.jwksUri || (enabled && !known.enabled);
    if (isNew) await this.requireReadable({ issuer: known.issuer, jwksUri });
    return this.unit.run(async ({ client }) => {
      const row = (await lockRows<Row>(client, 'subject_issuer', [id])).get(id);
      if (row === undefined) throw noIssuer(id);
      if (row.jwks_uri !== known.jwksUri || row.enabled !== known.enabled)
        throw new Refusal('conflict', `${id} was changed meanwhile; look at it and try again`, { issuer: id });
      await client.query(
        'update subject_issuer set name = $2, audience = $3, jwks_uri = $4, enabled = $5 where id = $1',
        [id, name, audience, jwksUri, enabled],
      );
      return id;
    });
  }

  remove(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      const held = await lockRows(client, 'subject_issuer', [id]);
      if (!held.has(id)) throw noIssuer(id);
      await client.query('delete from subject_issuer where id = $1', [id]);
      return id;
    });
  }

  private async requireReadable(address: IssuerAddress): Promise<void> {
    try {
      await readIssuerKeys(this.fetchPublic, address);
    } catch (error) {
      const reason = keySetReason(error);
      const field = address.jwksUri === null ? 'issuer' : 'jwksUri';
      throw new Refusal('issuer_refused', `${field}: ${keySetRefusals[reason]}`, { reason });
    }
  }
}
