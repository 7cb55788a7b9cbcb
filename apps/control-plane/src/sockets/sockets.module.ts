import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { LiveSockets } from './live-sockets.js';
import { SocketTickets } from './socket-tickets.js';
import { SocketsResolver } from './sockets.resolver.js';

@Module({ imports: [PeopleModule], providers: [SocketsResolver, SocketTickets, LiveSockets] })
export class SocketsModule {}
