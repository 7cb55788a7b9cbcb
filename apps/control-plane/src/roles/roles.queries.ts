import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RoleEntity } from './role.entity.js';
import type { Role } from './role.model.js';

@Injectable()
export class RolesQueries {
  constructor(@InjectRepository(RoleEntity) private readonly roles: Repository<RoleEntity>) {}

  async all(): Promise<Role[]> {
    const rows = await this.roles.find({ order: { createdAt: 'ASC', id: 'ASC' } });
    return rows.map(({ id, name }) => ({ id, name }));
  }
}
