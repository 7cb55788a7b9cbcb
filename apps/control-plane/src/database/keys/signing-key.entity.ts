import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { moment, stampedNow, text } from '../columns.js';

@Entity('signing_key')
@Index('signing_key_one_root', ['purpose'], { unique: true, where: `purpose = 'root'` })
@Index('signing_key_one_signing', ['purpose'], { unique: true, where: `purpose = 'token' and state = 'signing'` })
@Index('signing_key_one_published', ['purpose'], { unique: true, where: `purpose = 'token' and state = 'published'` })
@Check('signing_key_purpose_check', `purpose in ('root', 'feed', 'token')`)
@Check('signing_key_state_check', `state in ('published', 'signing', 'verifying', 'withdrawn')`)
export class SigningKeyEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'signing_key_pkey' })
  kid!: string;

  @Column(text)
  purpose!: string;

  @Column({ type: 'jsonb', name: 'public_jwk' })
  publicJwk!: unknown;

  @Column({ type: 'bytea', nullable: true, name: 'sealed_private_key', select: false })
  sealedPrivateKey!: Buffer | null;

  @Column({ ...moment, name: 'not_before' })
  notBefore!: Date;

  @Column({ ...moment, name: 'not_after' })
  notAfter!: Date;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...text, default: 'signing' })
  state!: 'published' | 'signing' | 'verifying' | 'withdrawn';

  @Column({ ...stampedNow, name: 'state_since' })
  stateSince!: Date;
}
