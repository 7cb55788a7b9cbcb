import { Module } from '@nestjs/common';
import { ConversationsCommands } from './conversations.commands.js';
import { ConversationsQueries } from './conversations.queries.js';
import { ConversationsResolver } from './conversations.resolver.js';

@Module({ providers: [ConversationsResolver, ConversationsCommands, ConversationsQueries] })
export class ConversationsModule {}
