import { Module } from '@nestjs/common';
import { ConvergenceModule } from '../convergence/convergence.module.js';
import { KillSwitchModule } from '../kill-switch/kill-switch.module.js';
import { OverviewQueries } from './overview.queries.js';
import { OverviewResolver } from './overview.resolver.js';

@Module({ imports: [ConvergenceModule, KillSwitchModule], providers: [OverviewResolver, OverviewQueries] })
export class OverviewModule {}
