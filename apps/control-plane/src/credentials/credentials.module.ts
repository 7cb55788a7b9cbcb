import { Module } from '@nestjs/common';
import { CredentialsCommands } from './credentials.commands.js';
import { CredentialsQueries } from './credentials.queries.js';
import { CredentialsResolver } from './credentials.resolver.js';

@Module({ providers: [CredentialsResolver, CredentialsCommands, CredentialsQueries], exports: [CredentialsQueries] })
export class CredentialsModule {}
