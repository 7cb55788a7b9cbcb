import { Module } from '@nestjs/common';
import { Attempts } from './attempts.js';
import { PeopleResolver } from './people.resolver.js';
import { Sessions } from './sessions.js';

@Module({ providers: [PeopleResolver, Sessions, Attempts], exports: [Sessions, Attempts] })
export class PeopleModule {}
