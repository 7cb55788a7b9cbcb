import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOG } from '../app/provided.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { promoteSigningKey } from '../keys/advance-signing-keys.js';
import { readKek } from '../keys/kek.js';
import type { KeySetTerms } from '../keys/publish-keys.js';
import { rotateSigningKey } from '../keys/rotate-signing-key.js';
import { withdrawSigningKey } from '../keys/withdraw-signing-key.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';

/** Guards learn of keys by a signed key set, not by a change: the revision stays. */
@Injectable()
export class SigningKeysCommands {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Two transactions: the key must be published for everybody before anything signs with it. */
  async rotate(by: Viewer): Promise<CommandResult<string>> {
    const made = await this.unit.run(({ client }) => rotateSigningKey(client, this.terms()));
    this.log.info({ kid: made.value, by: by.email }, 'a new token key is published');
    const { value: signing } = await this.unit.run(({ client }) => promoteSigningKey(client));
    if (signing !== undefined) this.log.info({ kid: signing }, 'a token key signs from now on');
    return made;
  }

  async withdraw(by: Viewer, kid: string): Promise<CommandResult<void>> {
    const withdrawn = await this.unit.run(({ client }) => withdrawSigningKey(client, kid, this.terms()));
    this.log.info({ kid, by: by.email }, 'a token key is withdrawn');
    return withdrawn;
  }

  private terms(): KeySetTerms {
    return { kek: readKek(this.config.kekFile), issuer: this.config.publicUrl };
  }
}
