import { Module } from '@nestjs/common';
import { SubjectTokenCommands } from './subject-token.commands.js';
import { SubjectTokenResolver } from './subject-token.resolver.js';

@Module({ providers: [SubjectTokenResolver, SubjectTokenCommands] })
export class SubjectsModule {}
