import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../columns.js';

@Entity('key_set')
export class KeySetEntity {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'key_set_pkey' })
  number!: number;

  @Column(text)
  payload!: string;

  @Column(text)
  signature!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;
}
