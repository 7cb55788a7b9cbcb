import { Module } from '@nestjs/common';
import { DecisionsQueries } from './decisions.queries.js';
import { DecisionsResolver } from './decisions.resolver.js';
import { LiveDecisions } from './live-decisions.js';

@Module({ providers: [DecisionsResolver, DecisionsQueries, LiveDecisions] })
export class DecisionsModule {}
