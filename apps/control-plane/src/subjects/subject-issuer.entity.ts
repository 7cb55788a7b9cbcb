import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { stampedNow, text, textOrNull } from '../database/columns.js';

/** An OIDC issuer whose users agents may act for. Without `jwksUri` the address comes from its metadata. */
@Entity('subject_issuer')
@Unique('subject_issuer_issuer_key', ['issuer'])
export class SubjectIssuerEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'subject_issuer_pkey' })
  id!: string;

  @Column(text)
  name!: string;

  @Column(text)
  issuer!: string;

  @Column(text)
  audience!: string;

  @Column({ ...textOrNull, name: 'jwks_uri' })
  jwksUri!: string | null;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;
}
