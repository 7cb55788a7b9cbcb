import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { moment, stampedNow, text, textOrNull } from '../database/columns.js';
import { UserEntity } from './user.entity.js';

/** better-auth's table, with its column names. */
@Entity('session')
@Unique('session_token_key', ['token'])
@Index('session_by_user', ['userId'])
export class SessionEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'session_pkey' })
  id!: string;

  @Column(moment)
  expiresAt!: Date;

  @Column({ ...text, select: false })
  token!: string;

  @Column(stampedNow)
  createdAt!: Date;

  @Column(stampedNow)
  updatedAt!: Date;

  @Column(textOrNull)
  ipAddress!: string | null;

  @Column(textOrNull)
  userAgent!: string | null;

  @Column(text)
  userId!: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'session_userId_fkey' })
  user?: Relation<UserEntity>;
}
