import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { InstallCommands } from './install.commands.js';
import { InstallQueries } from './install.queries.js';
import { InstallResolver } from './install.resolver.js';

@Module({ imports: [PeopleModule], providers: [InstallResolver, InstallCommands, InstallQueries] })
export class InstallModule {}
