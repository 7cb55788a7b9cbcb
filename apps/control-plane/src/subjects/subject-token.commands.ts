import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOG, TOKEN_KEYS } from '../app/provided.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockedAgent } from '../credentials/credential-row.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { TokenKey } from '../keys/token-keys.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { signOwnSubjectToken, type OwnSubjectToken } from './own-subject-token.js';

@Injectable()
export class SubjectTokenCommands {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
    @Inject(TOKEN_KEYS) private readonly tokenKeys: () => readonly TokenKey[],
  ) {}

  /** For the person who asks and nobody else. Nothing is kept of it, so guards need not know. */
  async issue(by: Viewer, agent: string): Promise<CommandResult<OwnSubjectToken>> {
    const { personId: person } = by;
    const issued = await this.unit.run(async ({ client }) => {
      await lockedAgent(client, agent);
      const [signing] = this.tokenKeys();
      if (signing === undefined) throw new Error('there is no key that signs tokens');
      return signOwnSubjectToken({ issuer: this.config.publicUrl, person, agent }, signing);
    });
    this.log.info({ person, agent, jti: issued.value.jti }, 'subject token issued');
    return issued;
  }
}
