import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment, text } from '../database/columns.js';

/** The last call that a grant allowed, to the minute, of one tool with a token for one task. */
@Entity('grant_use')
export class GrantUseEntity {
  @PrimaryColumn({ ...text, name: 'grant_id', primaryKeyConstraintName: 'grant_use_pkey' })
  grantId!: string;

  @PrimaryColumn({ ...text, name: 'tool_id', primaryKeyConstraintName: 'grant_use_pkey' })
  toolId!: string;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'grant_use_pkey' })
  task!: string;

  @Column({ ...moment, name: 'last_used_at' })
  lastUsedAt!: Date;
}
