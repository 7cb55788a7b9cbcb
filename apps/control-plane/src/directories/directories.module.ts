import { Module } from '@nestjs/common';
import { DirectoriesCommands } from './directories.commands.js';
import { DirectoriesQueries } from './directories.queries.js';
import { DirectoriesResolver } from './directories.resolver.js';

@Module({ providers: [DirectoriesResolver, DirectoriesCommands, DirectoriesQueries] })
export class DirectoriesModule {}
