import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { moment, text } from '../database/columns.js';

/** Client assertions and DPoP proofs that were taken once; the insert itself is the check. */
@Entity('used_proof')
@Index('used_proof_end', ['expiresAt'])
@Check('used_proof_kind_check', `kind in ('assertion', 'dpop')`)
export class UsedProofEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'used_proof_pkey' })
  kind!: 'assertion' | 'dpop';

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'used_proof_pkey' })
  id!: string;

  @Column({ ...moment, name: 'expires_at' })
  expiresAt!: Date;
}
