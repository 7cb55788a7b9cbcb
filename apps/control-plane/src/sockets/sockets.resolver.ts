import { Context, Mutation, Resolver } from '@nestjs/graphql';
import { Pool } from 'pg';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { currentRevision } from '../database/current-revision.js';
import { inSession } from '../people/signed-in.js';
import { SocketTicketPayload } from './socket-ticket.payload.js';
import { SocketTickets } from './socket-tickets.js';

@Resolver()
export class SocketsResolver {
  constructor(
    private readonly tickets: SocketTickets,
    private readonly pool: Pool,
  ) {}

  @Mutation(() => SocketTicketPayload, {
    description: 'A one-time ticket (30 s) to open the live socket with, in connection_init.',
  })
  @Allow('read')
  async openSocketTicket(@Context() context: RequestContext): Promise<SocketTicketPayload> {
    return { ticket: await this.tickets.issue(inSession(context)), revision: await currentRevision(this.pool) };
  }
}
