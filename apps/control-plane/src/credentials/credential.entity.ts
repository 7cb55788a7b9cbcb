import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AgentEntity } from '../agents/agent.entity.js';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';

@Entity('credential')
@Index('credential_agent', ['agentId'])
@Index('credential_derived_from', ['derivedFrom'])
@Check('credential_kind_check', `kind in ('private_key_jwt', 'secret')`)
@Check('credential_stage_check', `stage in ('prepared', 'active', 'retiring')`)
@Check(
  'credential_material_check',
  `case kind when 'secret' then secret_hash is not null and public_jwk is null and jwks_uri is null
   else secret_hash is null and (public_jwk is null) <> (jwks_uri is null) end`,
)
export class CredentialEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'credential_pkey' })
  id!: string;

  @Column({ ...text, name: 'agent_id' })
  agentId!: string;

  @ManyToOne(() => AgentEntity)
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'credential_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ ...text, default: 'secret' })
  kind!: 'private_key_jwt' | 'secret';

  /** Revoked and tainted are one way and stand in tables of their own. */
  @Column({ ...text, default: 'active' })
  stage!: 'prepared' | 'active' | 'retiring';

  @Column(text)
  prefix!: string;

  @Column({ ...textOrNull, name: 'secret_hash', select: false })
  secretHash!: string | null;

  @Column({ type: 'jsonb', nullable: true, name: 'public_jwk' })
  publicJwk!: unknown;

  @Column({ ...textOrNull, name: 'jwks_uri' })
  jwksUri!: string | null;

  @Column({ ...textOrNull, name: 'derived_from' })
  derivedFrom!: string | null;

  @ManyToOne(() => CredentialEntity)
  @JoinColumn({ name: 'derived_from', foreignKeyConstraintName: 'credential_derived_from_fkey' })
  source?: Relation<CredentialEntity>;

  @Column({ ...momentOrNull, name: 'not_before' })
  notBefore!: Date | null;

  @Column({ ...momentOrNull, name: 'activated_at' })
  activatedAt!: Date | null;

  @Column({ ...momentOrNull, name: 'retiring_since' })
  retiringSince!: Date | null;

  /** When the overlap ends. */
  @Column({ ...momentOrNull, name: 'retires_at' })
  retiresAt!: Date | null;

  @Column({ ...momentOrNull, name: 'warned_at' })
  warnedAt!: Date | null;

  @Column({ ...textOrNull, name: 'last_used_from' })
  lastUsedFrom!: string | null;

  @Column({ ...textOrNull, name: 'last_used_server' })
  lastUsedServer!: string | null;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...momentOrNull, name: 'expires_at' })
  expiresAt!: Date | null;

  @Column({ ...momentOrNull, name: 'last_used_at' })
  lastUsedAt!: Date | null;
}
