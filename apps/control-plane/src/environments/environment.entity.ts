import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';

@Entity('environment')
export class EnvironmentEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'environment_pkey' })
  id!: string;

  @Column(text)
  name!: string;

  @Column({ type: 'boolean', default: false })
  demo!: boolean;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;
}
