import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';

@Entity('role')
export class RoleEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'role_pkey' })
  id!: string;

  @Column(text)
  name!: string;

  @Column({ type: 'boolean', default: false })
  demo!: boolean;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;
}
