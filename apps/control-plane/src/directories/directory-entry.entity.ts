import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { DirectoryEntity } from './directory.entity.js';

@Entity('directory_entry')
export class DirectoryEntryEntity {
  @PrimaryColumn({ ...text, name: 'directory_id', primaryKeyConstraintName: 'directory_entry_pkey' })
  directoryId!: string;

  @ManyToOne(() => DirectoryEntity)
  @JoinColumn({ name: 'directory_id', foreignKeyConstraintName: 'directory_entry_directory_id_fkey' })
  directory?: Relation<DirectoryEntity>;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'directory_entry_pkey' })
  canonical!: string;

  @Column(text)
  value!: string;

  @Column({ ...text, name: 'added_by' })
  addedBy!: string;

  @Column({ ...stampedNow, name: 'added_at' })
  addedAt!: Date;
}
