import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { ApiTokenViewers } from './api-token-viewers.js';
import { ApiTokensCommands } from './api-tokens.commands.js';
import { ApiTokensQueries } from './api-tokens.queries.js';
import { ApiTokensResolver } from './api-tokens.resolver.js';

@Module({
  imports: [PeopleModule],
  providers: [ApiTokensResolver, ApiTokensCommands, ApiTokensQueries, ApiTokenViewers],
  exports: [ApiTokenViewers],
})
export class ApiTokensModule {}
