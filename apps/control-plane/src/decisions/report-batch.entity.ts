import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';

@Entity('report_batch')
export class ReportBatchEntity {
  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'report_batch_pkey' })
  guardId!: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'report_batch_pkey' })
  boot!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'report_batch_pkey' })
  number!: number;

  @Column({ ...text, name: 'previous_hash' })
  previousHash!: string;

  @Column(text)
  hash!: string;

  @Column(text)
  events!: string;

  @Column({ ...text, name: 'signed_payload_hash' })
  signedPayloadHash!: string;

  @Column({ ...stampedNow, name: 'received_at' })
  receivedAt!: Date;
}
