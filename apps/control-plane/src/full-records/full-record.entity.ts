import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';

/** One side of a call whose grant wants it recorded in full, sealed; without a text where it was too large. Swept after 30 days. */
@Entity('full_record')
@Check('full_record_side_check', `side in ('arguments', 'result')`)
@Index('full_record_received_at', ['receivedAt'])
export class FullRecordEntity {
  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'full_record_pkey' })
  guardId!: string;

  @PrimaryColumn({ ...text, name: 'decision_id', primaryKeyConstraintName: 'full_record_pkey' })
  decisionId!: string;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'full_record_pkey' })
  side!: string;

  @Column({ type: 'integer' })
  bytes!: number;

  @Column(text)
  hash!: string;

  @Column({ type: 'bytea', nullable: true })
  sealed!: Buffer | null;

  @Column({ ...stampedNow, name: 'received_at' })
  receivedAt!: Date;
}
