import { Module } from '@nestjs/common';
import { WideningsCommands } from './widenings.commands.js';
import { WideningsQueries } from './widenings.queries.js';
import { WideningsResolver } from './widenings.resolver.js';

@Module({ providers: [WideningsResolver, WideningsCommands, WideningsQueries], exports: [WideningsQueries] })
export class WideningsModule {}
