import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { momentOrNull, text } from '../database/columns.js';

@Entity('oidc_record')
@Index('oidc_record_expiry', ['expiresAt'])
export class OidcRecordEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'oidc_record_pkey' })
  model!: string;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'oidc_record_pkey' })
  id!: string;

  @Column({ type: 'jsonb' })
  payload!: unknown;

  @Column({ ...momentOrNull, name: 'expires_at' })
  expiresAt!: Date | null;

  @Column({ ...momentOrNull, name: 'consumed_at' })
  consumedAt!: Date | null;
}
