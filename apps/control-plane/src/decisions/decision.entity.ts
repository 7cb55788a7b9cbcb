import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { moment, stampedNow, text, textOrNull } from '../database/columns.js';

@Entity('decision')
@Unique('decision_guard_id_id_key', ['guardId', 'id'])
@Index('decision_agent', ['agent', 'position'])
@Index('decision_server', ['serverId', 'position'])
@Index('decision_at', ['receivedAt'])
@Index('decision_observed', ['serverId', 'at'], { where: 'observed_reason is not null' })
export class DecisionEntity {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'decision_pkey' })
  position!: string;

  @Column(text)
  id!: string;

  @Column({ ...text, name: 'guard_id' })
  guardId!: string;

  @Column({ type: 'uuid' })
  boot!: string;

  @Column({ ...text, name: 'server_id' })
  serverId!: string;

  @Column(moment)
  at!: Date;

  @Column({ ...stampedNow, name: 'received_at' })
  receivedAt!: Date;

  @Column(text)
  agent!: string;

  @Column(textOrNull)
  instance!: string | null;

  @Column(textOrNull)
  credential!: string | null;

  @Column(textOrNull)
  role!: string | null;

  @Column(textOrNull)
  task!: string | null;

  @Column(text)
  tool!: string;

  @Column(text)
  outcome!: string;

  @Column(textOrNull)
  reason!: string | null;

  @Column(textOrNull)
  rule!: string | null;

  @Column(textOrNull)
  detail!: string | null;

  @Column({ ...textOrNull, name: 'observed_outcome' })
  observedOutcome!: string | null;

  @Column({ ...textOrNull, name: 'observed_reason' })
  observedReason!: string | null;

  @Column({ ...textOrNull, name: 'observed_rule' })
  observedRule!: string | null;

  @Column({ ...textOrNull, name: 'observed_detail' })
  observedDetail!: string | null;

  @Column({ type: 'bigint' })
  revision!: string;

  @Column({ ...text, name: 'arguments_hash' })
  argumentsHash!: string;

  @Column(textOrNull)
  result!: string | null;

  @Column({ type: 'real', nullable: true, name: 'duration_ms' })
  durationMs!: number | null;

  @Column({ ...textOrNull, name: 'outcome_reason' })
  outcomeReason!: string | null;

  @Column({ ...textOrNull, name: 'outcome_rule' })
  outcomeRule!: string | null;

  @Column({ ...textOrNull, name: 'audit_level' })
  auditLevel!: string | null;

  @Column(textOrNull)
  withheld!: string | null;

  @Column({ ...textOrNull, name: 'label_trust' })
  labelTrust!: string | null;

  @Column({ ...textOrNull, name: 'label_secrecy' })
  labelSecrecy!: string | null;

  @Column({ ...textOrNull, name: 'result_hash' })
  resultHash!: string | null;
}
