import { Module } from '@nestjs/common';
import { FullRecordsCommands } from './full-records.commands.js';
import { FullRecordsResolver } from './full-records.resolver.js';

@Module({ providers: [FullRecordsResolver, FullRecordsCommands] })
export class FullRecordsModule {}
