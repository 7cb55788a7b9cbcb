import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { text } from '../columns.js';

@Entity('change_counter')
@Check('change_counter_id_check', 'id = 1')
export class ChangeCounterEntity {
  @PrimaryColumn({ type: 'smallint', default: 1, primaryKeyConstraintName: 'change_counter_pkey' })
  id!: number;

  @Column({ type: 'bigint' })
  revision!: string;

  @Column({ type: 'integer' })
  generation!: number;

  @Column({ ...text, name: 'generation_id' })
  generationId!: string;

  @Column({ ...text, name: 'generation_signature' })
  generationSignature!: string;
}
