import { tokenLifeSeconds } from '@portcullis/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { z } from 'zod';
import { CONFIG } from '../app/provided.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseInput } from '../graphql/parse-input.js';
import { guardsBehindSql } from '../keys/guards-behind.js';
import type { Config } from '../platform/config.js';
import type { SigningKey, TokenSettings, UpdateTokenSettingsInput } from './token-settings.model.js';

type Row = Pick<TokenSettings, 'tokenLifeSeconds' | 'requireDpop' | 'changedAt' | 'changedBy'>;

/** Settings of the token endpoint. They are read with the standing of every token, so they hold from the next one on. */
@Injectable()
export class TokenSettingsCommands {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly pool: Pool,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Guards need not know: the life of a token stands in the token. */
  update(by: Viewer, input: UpdateTokenSettingsInput): Promise<CommandResult<void>> {
    const { leastTokenSeconds: least } = this.config;
    const { most } = tokenLifeSeconds;
    const range = `use ${least} to ${most} seconds`;
    const { tokenLifeSeconds: life, requireDpop } = parseInput(
      z.object({
        tokenLifeSeconds: z.int().min(least, range).max(most, range),
        requireDpop: z.boolean(),
      }),
      input,
    );
    return this.unit.run(async ({ client }) => {
      await lockRows(client, 'token_settings', ['1']);
      await client.query(
        `update token_settings set token_life_seconds = $1, require_dpop = $2, changed_by = $3, changed_at = now()`,
        [life, requireDpop, by.email],
      );
    });
  }

  async read(): Promise<TokenSettings> {
    const settings = await this.pool.query<Row>(
      `select token_life_seconds as "tokenLifeSeconds", require_dpop as "requireDpop", changed_at as "changedAt",
         changed_by as "changedBy" from token_settings`,
    );
    const keys = await this.pool.query<SigningKey>(
      `select k.kid, k.state, k.state_since as since, k.not_after as "notAfter",
         ${guardsBehindSql('k.kid', 'k.state')} as "guardsBehind"
       from signing_key k where k.purpose = 'token' and (k.state <> 'withdrawn' or k.state_since > now() - interval '30 days')
       order by k.created_at desc, k.kid`,
    );
    const [row] = settings.rows;
    if (row === undefined) throw new Error('the token settings are gone');
    const { publicUrl: issuer, leastTokenSeconds: leastTokenLifeSeconds } = this.config;
    return { ...row, leastTokenLifeSeconds, issuer, tokenUrl: `${issuer}/oauth/token`, signingKeys: keys.rows };
  }
}
