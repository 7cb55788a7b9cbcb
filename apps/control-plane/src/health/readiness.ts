import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Pool } from 'pg';
import { CONFIG } from '../app/provided.js';
import { currentRevision } from '../database/current-revision.js';
import type { Config } from '../platform/config.js';
import { checkSchema } from '../platform/schema.js';
import { linkAnswers } from './link-answers.js';

export interface Readiness {
  readonly status: 'ok' | 'unready';
  readonly revision: number | null;
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
}

/** Ready means that a call could be decided: each part of the ring that a decision needs is asked. */
@Injectable()
export class ReadinessCheck {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly pool: Pool,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async ask(): Promise<Readiness> {
    const results = await Promise.all([
      this.check('database', async () => void (await this.pool.query('select 1'))),
      this.check('migrations', () => checkSchema(this.pool)),
      this.check('keys', async () => this.requireKeys()),
      this.check('link', async () => {
        if (!(await linkAnswers(this.config))) throw new Error('the link does not answer');
      }),
    ]);
    const checks = Object.fromEntries(
      results.flatMap((result) => Object.entries(result).map(([name, { status }]) => [name, upOrDown(status)])),
    );
    const isReady = Object.values(checks).every((status) => status === 'up');
    const revision = checks['database'] === 'up' ? await currentRevision(this.pool).catch(() => null) : null;
    return { status: isReady ? 'ok' : 'unready', revision, checks };
  }

  private async check(name: string, look: () => Promise<void>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    return look().then(
      () => indicator.up(),
      () => indicator.down(),
    );
  }

  private async requireKeys(): Promise<void> {
    const found = await this.pool.query<{ purposes: number }>(
      `select count(distinct purpose)::int as purposes from signing_key where purpose in ('feed', 'token') and sealed_private_key is not null and not_after > now()`,
    );
    if (found.rows[0]?.purposes !== 2) throw new Error('a signing key is missing');
  }
}

function upOrDown(status: string): 'up' | 'down' {
  return status === 'up' ? 'up' : 'down';
}
