import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Repository } from 'typeorm';
import { Pool } from 'pg';
import { namingGrantsSql } from '../directories/naming-grants.js';
import { GrantEntity } from './grant.entity.js';
import type { Grant } from './grant.model.js';
import type { GrantMatrix } from './grant-matrix.model.js';
import { grantModel } from './grant.projection.js';

const mostNaming = 100;

@Injectable()
export class GrantsQueries {
  constructor(
    @InjectRepository(GrantEntity) private readonly grants: Repository<GrantEntity>,
    private readonly pool: Pool,
  ) {}

  /** Live ones first, each kind oldest first; without those that widen one conversation. */
  async all(role: string | undefined, environment: string | undefined): Promise<Grant[]> {
    const where = {
      conversationId: IsNull(),
      ...(role === undefined ? {} : { roleId: role }),
      ...(environment === undefined ? {} : { environmentId: environment }),
    };
    const rows = await this.grants.find({ where, order: { createdAt: 'ASC', id: 'ASC' } });
    return [...rows.filter((row) => row.revokedAt === null), ...rows.filter((row) => row.revokedAt !== null)].map(
      grantModel,
    );
  }

  /** One page of the live grants that hold in every conversation, a row for each role on one tool or class, by role and then by what is granted. */
  async matrix(filter: string, first: number, skip: number): Promise<GrantMatrix> {
    const words = `%${filter.trim().replace(/[\\%_]/g, String.raw`\$&`)}%`;
    const found = await this.pool.query<{
      role: string;
      what: string;
      is_class: boolean;
      ids: string[];
      matching: string;
    }>(
      `select role_id as role, coalesce(tool_id, tool_class) as what, tool_id is null as is_class,
         array_agg(id order by created_at, id) as ids, count(*) over () as matching
       from grants where revoked_at is null and conversation_id is null and role_id || ' ' || coalesce(tool_id, tool_class) || ' ' || environment_id ilike $1
       group by 1, 2, 3 order by 1, 2, 3 limit $2 offset $3`,
      [words, first, skip],
    );
    const total = await this.pool.query<{ total: string }>(
      `select count(*) as total from (select distinct role_id, tool_id, tool_class from grants where revoked_at is null and conversation_id is null) as rows`,
    );
    const rows = await this.grants.find({ where: { id: In(found.rows.flatMap(({ ids }) => ids)) } });
    const byId = new Map(rows.map((row) => [row.id, grantModel(row)]));
    return {
      total: Number(total.rows[0]?.total ?? 0),
      matching: Number(found.rows[0]?.matching ?? 0),
      rows: found.rows.map(({ role, what, is_class: isClass, ids }) => ({
        ...{ role, what, isClass },
        grants: ids.flatMap((id) => byId.get(id) ?? []),
      })),
    };
  }

  /** Live ones that name the directory, the first hundred. */
  async naming(directory: string): Promise<Grant[]> {
    const found = await this.pool.query<{ id: string }>(namingGrantsSql, [directory, mostNaming]);
    const rows = await this.grants.find({ where: { id: In(found.rows.map(({ id }) => id)) }, order: { id: 'ASC' } });
    return rows.map(grantModel);
  }

  async find(id: string): Promise<Grant | null> {
    const row = await this.grants.findOneBy({ id });
    return row && grantModel(row);
  }

  async one(id: string): Promise<Grant> {
    return grantModel(await this.grants.findOneByOrFail({ id }));
  }
}
