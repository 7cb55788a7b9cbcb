import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { GuardEntity } from './guard.entity.js';

@Entity('guard_boot')
export class GuardBootEntity {
  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'guard_boot_pkey' })
  guardId!: string;

  @ManyToOne(() => GuardEntity)
  @JoinColumn({ name: 'guard_id', foreignKeyConstraintName: 'guard_boot_guard_id_fkey' })
  guard?: Relation<GuardEntity>;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'guard_boot_pkey' })
  boot!: string;

  @Column({ ...stampedNow, name: 'first_report_at' })
  firstReportAt!: Date;

  @Column({ ...stampedNow, name: 'last_report_at' })
  lastReportAt!: Date;

  @Column({ ...textOrNull, name: 'held_generation' })
  heldGeneration!: string | null;

  @Column({ type: 'bigint', nullable: true, name: 'held_revision' })
  heldRevision!: string | null;

  @Column({ ...text, default: 'severed' })
  posture!: 'fresh' | 'stale' | 'severed';

  @Column({ type: 'integer', default: 0, name: 'in_flight' })
  inFlight!: number;

  @Column({ ...momentOrNull, name: 'lease_until' })
  leaseUntil!: Date | null;

  @Column({ type: 'boolean', default: false })
  connected!: boolean;

  @Column({ type: 'integer', default: 0, name: 'durable_batch' })
  durableBatch!: number;

  @Column({ ...textOrNull, name: 'last_batch_hash' })
  lastBatchHash!: string | null;

  @Column({ ...textOrNull, name: 'previous_boot' })
  previousBoot!: string | null;

  @Column({ type: 'boolean', default: false, name: 'loss_known' })
  lossKnown!: boolean;

  @Column({ type: 'integer', nullable: true, name: 'held_key_set' })
  heldKeySet!: number | null;
}
