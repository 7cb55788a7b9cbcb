import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { Pool } from 'pg';
import { ApiTokenViewers } from '../api-tokens/api-token-viewers.js';
import { ApiTokensModule } from '../api-tokens/api-tokens.module.js';
import { AuthorisationModule } from '../authorisation/authorisation.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { graphqlOptions } from '../graphql/graphql-options.js';
import { OutwardErrorsFilter } from '../graphql/outward-errors.filter.js';
import { PeopleModule } from '../people/people.module.js';
import { Sessions } from '../people/sessions.js';
import { features } from './features.js';
import { ProcessModule, type ProcessParts } from './process.module.js';

@Module({})
export class AppModule {
  static of(parts: ProcessParts, pool: Pool): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ProcessModule.of(parts),
        DatabaseModule.over(parts.config, pool),
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          imports: [PeopleModule, ApiTokensModule],
          inject: [Sessions, ApiTokenViewers],
          useFactory: (sessions: Sessions, tokens: ApiTokenViewers) =>
            graphqlOptions(parts.config, parts.log, { sessions, tokens }),
        }),
        AuthorisationModule,
        ...features,
      ],
      providers: [{ provide: APP_FILTER, useClass: OutwardErrorsFilter }],
    };
  }
}
