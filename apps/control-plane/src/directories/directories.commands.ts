import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import type { createDirectorySchema, directoryEntriesSchema } from './directory.inputs.js';
import { directoryValue, type DirectoryRow } from './directory.projection.js';
import { namingGrantsSql } from './naming-grants.js';
import { readEntries } from './read-entries.js';

type Entries = z.infer<typeof directoryEntriesSchema>;

/** It travels whole with every change of it. */
const mostEntries = 5000;
/** Of the grants that a refusal names. */
const mostNamed = 10;

@Injectable()
export class DirectoriesCommands {
  constructor(private readonly unit: UnitOfWork) {}

  create(by: Viewer, input: z.infer<typeof createDirectorySchema>): Promise<CommandResult<string>> {
    const { id, environment, name, holds } = input;
    return this.unit.run(async (transaction) => {
      if (!(await lockRows(transaction.client, 'environment', [environment])).has(environment))
        throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
      const made = await transaction.client.query<DirectoryRow>(
        `insert into directory (id, environment_id, name, holds, created_by) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing returning *`,
        [id, environment, name, holds, by.email],
      );
      const [row] = made.rows;
      if (row === undefined)
        throw new Refusal('already_exists', `there is already a directory ${id}`, { directory: id });
      transaction.append('directory', id, directoryValue(row, []));
      return id;
    });
  }

  /** Values that it has already are left as they are. */
  addEntries(by: Viewer, { directory, values }: Entries): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const row = await lockLive(transaction, directory);
      const read = readEntries(row.holds, values);
      const added = await transaction.client.query(
        `insert into directory_entry (directory_id, canonical, value, added_by)
         select $1, c, v, $4 from unnest($2::text[], $3::text[]) as e(c, v) on conflict do nothing`,
        [directory, [...read.keys()], [...read.values()], by.email],
      );
      if (added.rowCount === 0) return directory;
      const size = await told(transaction, row);
      if (size <= mostEntries) return directory;
      throw new Refusal('conflict', `a directory holds at most ${mostEntries} entries; use a second one`, {
        directory,
      });
    });
  }

  removeEntries({ directory, values }: Entries): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const row = await lockLive(transaction, directory);
      const wanted = [...readEntries(row.holds, values)];
      const gone = await transaction.client.query<{ canonical: string }>(
        'delete from directory_entry where directory_id = $1 and canonical = any($2) returning canonical',
        [directory, wanted.map(([canonical]) => canonical)],
      );
      const removed = new Set(gone.rows.map(({ canonical }) => canonical));
      const [unknown] = wanted.filter(([canonical]) => !removed.has(canonical));
      if (unknown) throw new Refusal('not_found', `${unknown[1]} is not in directory ${directory}`, { directory });
      await told(transaction, row);
      return directory;
    });
  }

  /** One way. Its id stays taken, and its entries stay for people. */
  retire(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const { client, append } = transaction;
      await lockLive(transaction, id);
      const naming = await client.query<{ id: string }>(namingGrantsSql, [id, mostNamed]);
      const [grant] = naming.rows;
      if (grant)
        throw new Refusal('conflict', `${grant.id} and perhaps others name directory ${id}; revoke them first`, {
          directory: id,
          grants: naming.rows.map((one) => one.id),
        });
      await client.query('update directory set retired_at = now() where id = $1', [id]);
      append('directory', id, null);
      return id;
    });
  }
}

async function lockLive({ client }: CommandTransaction, id: string): Promise<DirectoryRow> {
  const row = (await lockRows<DirectoryRow>(client, 'directory', [id])).get(id);
  if (row === undefined) throw new Refusal('not_found', `there is no directory ${id}`, { directory: id });
  if (row.retired_at !== null) throw new Refusal('retired', `directory ${id} is retired for good`, { directory: id });
  return row;
}

/** Tells guards the whole directory as it is now, and gives its size. */
async function told({ client, append }: CommandTransaction, row: DirectoryRow): Promise<number> {
  const { rows } = await client.query<{ canonical: string }>(
    'select canonical from directory_entry where directory_id = $1 order by canonical collate "C"',
    [row.id],
  );
  append(
    'directory',
    row.id,
    directoryValue(
      row,
      rows.map(({ canonical }) => canonical),
    ),
  );
  return rows.length;
}
