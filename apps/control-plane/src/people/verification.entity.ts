import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment, stampedNow, text } from '../database/columns.js';

/** better-auth's table, with its column names. */
@Entity('verification')
export class VerificationEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'verification_pkey' })
  id!: string;

  @Column(text)
  identifier!: string;

  @Column({ ...text, select: false })
  value!: string;

  @Column(moment)
  expiresAt!: Date;

  @Column(stampedNow)
  createdAt!: Date;

  @Column(stampedNow)
  updatedAt!: Date;
}
