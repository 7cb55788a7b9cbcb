import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';

/** What was asked in a call, sealed; swept after seven days. */
@Entity('recorded_call')
@Index('recorded_call_received_at', ['receivedAt'])
export class RecordedCallEntity {
  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'recorded_call_pkey' })
  guardId!: string;

  @PrimaryColumn({ ...text, name: 'decision_id', primaryKeyConstraintName: 'recorded_call_pkey' })
  decisionId!: string;

  @Column({ type: 'bytea' })
  sealed!: Buffer;

  @Column({ ...stampedNow, name: 'received_at' })
  receivedAt!: Date;
}
