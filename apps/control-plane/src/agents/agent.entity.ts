import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stampedNow, text, textOrNull } from '../database/columns.js';

@Entity('agent')
export class AgentEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'agent_pkey' })
  id!: string;

  @Column(text)
  name!: string;

  @Column({ ...text, default: '' })
  description!: string;

  @Column({ ...textOrNull, name: 'owner_id' })
  ownerId!: string | null;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  tags!: string[];

  @Column({ type: 'boolean', default: false })
  demo!: boolean;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;
}
