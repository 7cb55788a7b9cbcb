import type { IdentityForm } from '@portcullis/contracts';
import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text } from '../database/columns.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';

@Entity('directory')
@Check('directory_holds_check', `holds in ('email', 'url', 'account', 'phone', 'text')`)
export class DirectoryEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'directory_pkey' })
  id!: string;

  @Column({ ...text, name: 'environment_id' })
  environmentId!: string;

  @ManyToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'directory_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity>;

  @Column(text)
  name!: string;

  @Column(text)
  holds!: IdentityForm;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...momentOrNull, name: 'retired_at' })
  retiredAt!: Date | null;
}
