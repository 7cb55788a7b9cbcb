import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { In, Repository } from 'typeorm';
import { groupBy } from '../database/group-by.js';
import { once } from '../graphql/later.js';
import { guardStatesOf } from './guard-states.js';
import { ObservedToolEntity } from './observed-tool.entity.js';
import { ServerEntity } from './server.entity.js';
import type { Server } from './server.model.js';
import { ToolEntity } from './tool.entity.js';
import { toolParts } from './tool.projection.js';

@Injectable()
export class ServersQueries {
  constructor(
    @InjectRepository(ServerEntity) private readonly servers: Repository<ServerEntity>,
    @InjectRepository(ToolEntity) private readonly tools: Repository<ToolEntity>,
    @InjectRepository(ObservedToolEntity) private readonly observed: Repository<ObservedToolEntity>,
    private readonly pool: Pool,
  ) {}

  async all(): Promise<Server[]> {
    return this.withParts(await this.servers.find({ order: { createdAt: 'ASC', id: 'ASC' } }));
  }

  async one(id: string): Promise<Server | null> {
    const [server] = this.withParts(await this.servers.findBy({ id }));
    return server ?? null;
  }

  /** Each part is one query for the whole set, run when the first server is asked for it. */
  private withParts(rows: readonly ServerEntity[]): Server[] {
    const where = { serverId: In(rows.map((row) => row.id)) };
    const order = { name: 'ASC' } as const;
    const known = once(async () => groupBy(await this.tools.find({ where, order }), (tool) => tool.serverId));
    const seen = once(async () => groupBy(await this.observed.find({ where, order }), (tool) => tool.serverId));
    const ids = rows.map((row) => row.id);
    const guards = once(async () => groupBy(await guardStatesOf(this.pool, ids), (guard) => guard.server));
    const toolsOf = async (id: string) => toolParts((await known()).get(id) ?? [], (await seen()).get(id) ?? []);
    return rows.map(({ id, name, environmentId, resource, demo }) => ({
      id,
      name,
      environment: environmentId,
      resource,
      demo,
      get tools() {
        return toolsOf(id).then((parts) => parts.registered);
      },
      get unregisteredTools() {
        return toolsOf(id).then((parts) => parts.unregistered);
      },
      get guards() {
        return guards().then((states) => states.get(id) ?? []);
      },
    }));
  }
}
