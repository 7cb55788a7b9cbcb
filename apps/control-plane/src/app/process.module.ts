import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { TokenKeys } from '../keys/current-token-keys.js';
import type { FeedSigner } from '../keys/feed-signer.js';
import { AUTH, type Auth } from '../people/auth.js';
import { SESSION_SECRET } from '../people/session-secret.js';
import type { FetchPublic } from '../platform/fetch-public.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { CONFIG, FEED_SIGNER, FETCH_PUBLIC, LOG, TOKEN_KEYS } from './provided.js';

export interface ProcessParts {
  readonly config: Config;
  readonly log: Log;
  readonly auth: Auth;
  readonly sessionSecret: string;
  readonly feedSigner: FeedSigner;
  readonly fetchPublic: FetchPublic;
  readonly tokenKeys: TokenKeys;
}

/** What the process opened before Nest: configuration, log, secrets, keys. */
@Global()
@Module({})
export class ProcessModule {
  static of(parts: ProcessParts): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: parts.config },
      { provide: LOG, useValue: parts.log },
      { provide: AUTH, useValue: parts.auth },
      { provide: SESSION_SECRET, useValue: parts.sessionSecret },
      { provide: FEED_SIGNER, useValue: parts.feedSigner },
      { provide: FETCH_PUBLIC, useValue: parts.fetchPublic },
      { provide: TOKEN_KEYS, useValue: () => parts.tokenKeys.verifying() },
    ];
    return { module: ProcessModule, providers, exports: providers };
  }
}
