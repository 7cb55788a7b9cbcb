import { Inject, Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { CONFIG } from '../app/provided.js';
import { version } from '../app/version.js';
import type { Config } from '../platform/config.js';
import type { Install } from './install.model.js';

@Injectable()
export class InstallQueries {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly pool: Pool,
  ) {}

  async install(): Promise<Install> {
    const found = await this.pool.query(`select 1 from install_claim where claimed_at is not null`);
    return {
      claimed: found.rowCount === 1,
      demo: this.config.isDemo,
      version,
      stopUrl: this.config.stopUrl,
      leaseSeconds: this.config.lease.leaseMs / 1000,
    };
  }
}
