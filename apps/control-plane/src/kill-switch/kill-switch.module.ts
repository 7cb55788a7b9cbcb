import { Module } from '@nestjs/common';
import { KillSwitchQueries } from './kill-switch.queries.js';
import { KillSwitchResolver } from './kill-switch.resolver.js';

@Module({ providers: [KillSwitchResolver, KillSwitchQueries], exports: [KillSwitchQueries] })
export class KillSwitchModule {}
