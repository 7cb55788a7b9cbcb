import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { UserEntity } from './user.entity.js';

@Entity('person_permission')
export class PersonPermissionEntity {
  @PrimaryColumn({ ...text, name: 'person_id', primaryKeyConstraintName: 'person_permission_pkey' })
  personId!: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'person_permission_person_id_fkey' })
  person?: Relation<UserEntity>;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'person_permission_pkey' })
  permission!: string;

  @Column({ ...stampedNow, name: 'granted_at' })
  grantedAt!: Date;
}
