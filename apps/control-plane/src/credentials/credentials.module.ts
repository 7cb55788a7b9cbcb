import { Module } from '@nestjs/common';
import { CredentialsCommands } from './credentials.commands.js';
import { CredentialsQueries } from './credentials.queries.js';
import { CredentialsResolver } from './credentials.resolver.js';
import { TaintCommands } from './taint.commands.js';

@Module({
  providers: [CredentialsResolver, CredentialsCommands, TaintCommands, CredentialsQueries],
  exports: [CredentialsQueries],
})
export class CredentialsModule {}
