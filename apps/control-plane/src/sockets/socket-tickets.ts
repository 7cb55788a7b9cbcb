import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { SessionViewer } from '../authorisation/viewer.js';

const livesForSeconds = 30;

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}

/** What opens a live socket in place of the cookie, which a foreign page's socket would carry too. */
@Injectable()
export class SocketTickets {
  constructor(private readonly pool: Pool) {}

  async issue(viewer: SessionViewer): Promise<string> {
    const ticket = randomBytes(32).toString('base64url');
    await this.pool.query(
      `insert into socket_ticket (token_hash, session_id, person_id, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))`,
      [hashOf(ticket), viewer.sessionId, viewer.personId, livesForSeconds],
    );
    return ticket;
  }

  /** Takes a ticket off the table; the session it stood for, or null. */
  async use(ticket: unknown): Promise<string | null> {
    if (typeof ticket !== 'string' || ticket.length > 128) return null;
    const found = await this.pool.query<{ session: string; isLive: boolean }>(
      `delete from socket_ticket where token_hash = $1 returning session_id as session, expires_at > now() as "isLive"`,
      [hashOf(ticket)],
    );
    const [row] = found.rows;
    return row?.isLive ? row.session : null;
  }
}
