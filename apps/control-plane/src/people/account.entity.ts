import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { UserEntity } from './user.entity.js';

/** better-auth's table, with its column names: how a person signs in. */
@Entity('account')
@Index('account_by_user', ['userId'])
export class AccountEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'account_pkey' })
  id!: string;

  @Column(text)
  accountId!: string;

  @Column(text)
  providerId!: string;

  @Column(text)
  userId!: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'account_userId_fkey' })
  user?: Relation<UserEntity>;

  @Column(textOrNull)
  accessToken!: string | null;

  @Column(textOrNull)
  refreshToken!: string | null;

  @Column(textOrNull)
  idToken!: string | null;

  @Column(momentOrNull)
  accessTokenExpiresAt!: Date | null;

  @Column(momentOrNull)
  refreshTokenExpiresAt!: Date | null;

  @Column(textOrNull)
  scope!: string | null;

  @Column({ ...textOrNull, select: false })
  password!: string | null;

  @Column(stampedNow)
  createdAt!: Date;

  @Column(stampedNow)
  updatedAt!: Date;
}
