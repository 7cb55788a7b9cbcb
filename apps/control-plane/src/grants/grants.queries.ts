import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GrantEntity } from './grant.entity.js';
import type { Grant } from './grant.model.js';
import { grantModel } from './grant.projection.js';

@Injectable()
export class GrantsQueries {
  constructor(@InjectRepository(GrantEntity) private readonly grants: Repository<GrantEntity>) {}

  /** Live ones first, each kind oldest first. */
  async all(role: string | undefined, environment: string | undefined): Promise<Grant[]> {
    const where = {
      ...(role === undefined ? {} : { roleId: role }),
      ...(environment === undefined ? {} : { environmentId: environment }),
    };
    const rows = await this.grants.find({ where, order: { createdAt: 'ASC', id: 'ASC' } });
    return [...rows.filter((row) => row.revokedAt === null), ...rows.filter((row) => row.revokedAt !== null)].map(
      grantModel,
    );
  }

  async one(id: string): Promise<Grant> {
    return grantModel(await this.grants.findOneByOrFail({ id }));
  }
}
