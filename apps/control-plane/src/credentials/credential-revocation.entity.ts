import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { CredentialEntity } from './credential.entity.js';

@Entity('credential_revocation')
export class CredentialRevocationEntity {
  @PrimaryColumn({ ...text, name: 'credential_id', primaryKeyConstraintName: 'credential_revocation_pkey' })
  credentialId!: string;

  @OneToOne(() => CredentialEntity)
  @JoinColumn({ name: 'credential_id', foreignKeyConstraintName: 'credential_revocation_credential_id_fkey' })
  credential?: Relation<CredentialEntity>;

  @Column({ ...text, name: 'revoked_by' })
  revokedBy!: string;

  @Column({ ...stampedNow, name: 'revoked_at' })
  revokedAt!: Date;
}
