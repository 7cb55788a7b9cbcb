import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { stampedNow, text, textOrNull } from '../database/columns.js';

/** better-auth's table, with its column names. */
@Entity('user')
@Unique('user_email_key', ['email'])
export class UserEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'user_pkey' })
  id!: string;

  @Column(text)
  name!: string;

  @Column(text)
  email!: string;

  @Column({ type: 'boolean', default: false })
  emailVerified!: boolean;

  @Column(textOrNull)
  image!: string | null;

  @Column(stampedNow)
  createdAt!: Date;

  @Column(stampedNow)
  updatedAt!: Date;
}
