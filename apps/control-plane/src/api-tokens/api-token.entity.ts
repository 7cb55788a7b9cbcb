import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { moment, momentOrNull, stampedNow, text } from '../database/columns.js';
import { UserEntity } from '../people/user.entity.js';

@Entity('api_token')
@Unique('api_token_secret_hash_key', ['secretHash'])
@Index('api_token_person', ['personId', 'createdAt'])
export class ApiTokenEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'api_token_pkey' })
  id!: string;

  @Column({ ...text, name: 'person_id' })
  personId!: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'api_token_person_id_fkey' })
  person?: Relation<UserEntity>;

  @Column(text)
  name!: string;

  @Column(text)
  prefix!: string;

  @Column({ ...text, name: 'secret_hash' })
  secretHash!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...moment, name: 'expires_at' })
  expiresAt!: Date;

  @Column({ ...momentOrNull, name: 'last_used_at' })
  lastUsedAt!: Date | null;

  @Column({ ...momentOrNull, name: 'revoked_at' })
  revokedAt!: Date | null;
}
