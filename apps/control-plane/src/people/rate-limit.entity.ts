import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment, text } from '../database/columns.js';

@Entity('rate_limit')
export class RateLimitEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'rate_limit_pkey' })
  key!: string;

  @Column({ ...moment, name: 'window_started_at' })
  windowStartedAt!: Date;

  @Column({ type: 'integer' })
  count!: number;
}
