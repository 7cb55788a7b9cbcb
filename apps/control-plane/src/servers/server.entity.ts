import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';

@Entity('server')
@Unique('server_resource_key', ['resource'])
export class ServerEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'server_pkey' })
  id!: string;

  @Column(text)
  name!: string;

  @Column({ ...text, name: 'environment_id' })
  environmentId!: string;

  @ManyToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'server_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity>;

  @Column(text)
  resource!: string;

  @Column({ type: 'boolean', default: false })
  demo!: boolean;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;
}
