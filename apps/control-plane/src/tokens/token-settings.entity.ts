import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { momentOrNull, textOrNull } from '../database/columns.js';

@Entity('token_settings')
@Check('token_settings_id_check', 'id = 1')
@Check('token_settings_token_life_seconds_check', 'token_life_seconds between 2 and 3600')
export class TokenSettingsEntity {
  @PrimaryColumn({ type: 'smallint', default: 1, primaryKeyConstraintName: 'token_settings_pkey' })
  id!: number;

  @Column({ type: 'integer', name: 'token_life_seconds', default: 300 })
  tokenLifeSeconds!: number;

  @Column({ type: 'boolean', name: 'require_dpop', default: false })
  requireDpop!: boolean;

  @Column({ ...textOrNull, name: 'changed_by' })
  changedBy!: string | null;

  @Column({ ...momentOrNull, name: 'changed_at' })
  changedAt!: Date | null;
}
