import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Directory, DirectoryEntry } from './directory.model.js';
import { isNamedBySql } from './naming-grants.js';

const columns = `d.id, d.environment_id as environment, d.name, d.holds, d.created_by as "createdBy", d.created_at as "createdAt",
  d.retired_at as "retiredAt", (select count(*)::int from directory_entry e where e.directory_id = d.id) as size,
  (select count(*)::int from grants g where g.environment_id = d.environment_id and g.revoked_at is null
     and (g.not_after is null or g.not_after > now()) and ${isNamedBySql('g', 'd.id')}) as grants`;

@Injectable()
export class DirectoriesQueries {
  constructor(private readonly pool: Pool) {}

  /** Live ones first, by name. */
  async all(environment: string | null): Promise<Directory[]> {
    const found = await this.pool.query<Directory>(
      `select ${columns} from directory d where $1::text is null or d.environment_id = $1
       order by d.retired_at is not null, d.name, d.id`,
      [environment],
    );
    return found.rows;
  }

  async find(id: string): Promise<Directory | null> {
    const found = await this.pool.query<Directory>(`select ${columns} from directory d where d.id = $1`, [id]);
    return found.rows[0] ?? null;
  }

  async existing(id: string): Promise<Directory> {
    const directory = await this.find(id);
    if (directory === null) throw new Error(`directory ${id} is gone`);
    return directory;
  }

  /** In the order in which they are compared, after `after`, up to 500. */
  async entries(directory: string, after: string | null, first: number): Promise<DirectoryEntry[]> {
    const found = await this.pool.query<DirectoryEntry>(
      `select value, canonical, added_by as "addedBy", added_at as "addedAt" from directory_entry
       where directory_id = $1 and ($2::text is null or canonical collate "C" > $2) order by canonical collate "C" limit $3`,
      [directory, after, Math.min(Math.max(first, 1), 500)],
    );
    return found.rows;
  }
}
