import { Module } from '@nestjs/common';
import { SubjectIssuersCommands } from './subject-issuers.commands.js';
import { SubjectIssuersQueries } from './subject-issuers.queries.js';
import { SubjectIssuersResolver } from './subject-issuers.resolver.js';
import { SubjectTokenCommands } from './subject-token.commands.js';
import { SubjectTokenResolver } from './subject-token.resolver.js';

@Module({
  providers: [
    SubjectIssuersResolver,
    SubjectIssuersCommands,
    SubjectIssuersQueries,
    SubjectTokenResolver,
    SubjectTokenCommands,
  ],
})
export class SubjectsModule {}
