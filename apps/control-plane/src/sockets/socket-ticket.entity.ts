import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment, text } from '../database/columns.js';

@Entity('socket_ticket')
export class SocketTicketEntity {
  @PrimaryColumn({ ...text, name: 'token_hash', primaryKeyConstraintName: 'socket_ticket_pkey' })
  tokenHash!: string;

  @Column({ ...text, name: 'session_id' })
  sessionId!: string;

  @Column({ ...text, name: 'person_id' })
  personId!: string;

  @Column({ ...moment, name: 'expires_at' })
  expiresAt!: Date;
}
