import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { moment, text } from '../database/columns.js';

@Entity('guard_position')
@Index('guard_position_revision', ['revision'])
export class GuardPositionEntity {
  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'guard_position_pkey' })
  guardId!: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'guard_position_pkey' })
  boot!: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'guard_position_pkey' })
  revision!: string;

  @Column({ ...moment, name: 'applied_at' })
  appliedAt!: Date;
}
