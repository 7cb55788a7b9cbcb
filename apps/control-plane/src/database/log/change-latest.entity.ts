import { Column, Entity, PrimaryColumn } from 'typeorm';
import { text, textOrNull } from '../columns.js';

@Entity('change_latest')
export class ChangeLatestEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'change_latest_pkey' })
  kind!: string;

  @PrimaryColumn({ ...text, name: 'object_id', primaryKeyConstraintName: 'change_latest_pkey' })
  objectId!: string;

  @Column({ type: 'bigint' })
  revision!: string;

  @Column(textOrNull)
  value!: string | null;
}
