import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';

@Entity('install_claim')
@Check('install_claim_id_check', 'id = 1')
export class InstallClaimEntity {
  @PrimaryColumn({ type: 'smallint', default: 1, primaryKeyConstraintName: 'install_claim_pkey' })
  id!: number;

  @Column({ ...text, name: 'token_hash', select: false })
  tokenHash!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...momentOrNull, name: 'claimed_at' })
  claimedAt!: Date | null;

  @Column({ ...textOrNull, name: 'claimed_by' })
  claimedBy!: string | null;
}
