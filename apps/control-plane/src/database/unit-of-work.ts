import { Inject, Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { CONFIG } from '../app/provided.js';
import { runCommand, type CommandResult, type CommandTransaction } from '../change-log/command.js';
import type { Config } from '../platform/config.js';

/** One command, one transaction, at most one revision. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly pool: Pool,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  run<T>(work: (transaction: CommandTransaction) => Promise<T>): Promise<CommandResult<T>> {
    return runCommand(this.pool, work, { limits: this.config.limits });
  }
}
