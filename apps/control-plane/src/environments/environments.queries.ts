import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EnvironmentEntity } from './environment.entity.js';
import type { Environment } from './environment.model.js';

@Injectable()
export class EnvironmentsQueries {
  constructor(@InjectRepository(EnvironmentEntity) private readonly environments: Repository<EnvironmentEntity>) {}

  async all(): Promise<Environment[]> {
    const rows = await this.environments.find({ order: { createdAt: 'ASC', id: 'ASC' } });
    return rows.map(({ id, name }) => ({ id, name }));
  }
}
