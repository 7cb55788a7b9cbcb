import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text, textOrNull } from '../database/columns.js';
import { CredentialEntity } from './credential.entity.js';

/** One way, like a revocation. `fromCredential` is the one whose taint reached this one. */
@Entity('credential_taint')
export class CredentialTaintEntity {
  @PrimaryColumn({ ...text, name: 'credential_id', primaryKeyConstraintName: 'credential_taint_pkey' })
  credentialId!: string;

  @OneToOne(() => CredentialEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'credential_id', foreignKeyConstraintName: 'credential_taint_credential_id_fkey' })
  credential?: Relation<CredentialEntity>;

  @Column({ ...text, name: 'tainted_by' })
  taintedBy!: string;

  @Column({ ...stampedNow, name: 'tainted_at' })
  taintedAt!: Date;

  @Column({ ...text, default: '' })
  reason!: string;

  @Column({ ...textOrNull, name: 'from_credential' })
  fromCredential!: string | null;
}
