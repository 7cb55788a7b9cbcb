import { Module } from '@nestjs/common';
import { ConvergenceQueries } from './convergence.queries.js';
import { ConvergenceResolver } from './convergence.resolver.js';
import { LiveConvergence } from './live-convergence.js';

@Module({ providers: [ConvergenceResolver, ConvergenceQueries, LiveConvergence], exports: [ConvergenceQueries] })
export class ConvergenceModule {}
