import { Module } from '@nestjs/common';
import { ConversationsCommands } from './conversations.commands.js';
import { ConversationsQueries } from './conversations.queries.js';
import { WideningsModule } from '../widenings/widenings.module.js';
import { ConversationsResolver } from './conversations.resolver.js';

@Module({ imports: [WideningsModule], providers: [ConversationsResolver, ConversationsCommands, ConversationsQueries] })
export class ConversationsModule {}
