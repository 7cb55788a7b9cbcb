import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { stampedNow, text, textOrNull } from '../database/columns.js';

/** Who has read a full record, and when. It outlives the record and the person. */
@Entity('full_record_reading')
@Index('full_record_reading_decision', ['guardId', 'decisionId', 'at'])
export class FullRecordReadingEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'full_record_reading_pkey' })
  id!: string;

  @Column({ ...text, name: 'guard_id' })
  guardId!: string;

  @Column({ ...text, name: 'decision_id' })
  decisionId!: string;

  @Column({ ...text, name: 'person_id' })
  personId!: string;

  @Column({ ...textOrNull, name: 'api_token_id' })
  apiTokenId!: string | null;

  @Column(stampedNow)
  at!: Date;
}
