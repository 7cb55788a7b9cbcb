import { Module } from '@nestjs/common';
import { ChangesQueries } from './changes.queries.js';
import { ChangesResolver } from './changes.resolver.js';

@Module({ providers: [ChangesResolver, ChangesQueries] })
export class ChangesModule {}
