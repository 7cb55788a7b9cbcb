import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { moment, text, textOrNull } from '../columns.js';

@Entity('change_history')
@Index('change_history_object', ['kind', 'objectId', 'revision'])
export class ChangeHistoryEntity {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'change_history_pkey' })
  revision!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'change_history_pkey' })
  ordinal!: number;

  @Column({ type: 'integer' })
  generation!: number;

  @Column(text)
  kind!: string;

  @Column({ ...text, name: 'object_id' })
  objectId!: string;

  @Column(textOrNull)
  value!: string | null;

  @Column({ ...moment, name: 'committed_at' })
  committedAt!: Date;
}
