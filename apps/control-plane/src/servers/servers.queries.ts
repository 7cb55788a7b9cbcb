import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { Repository } from 'typeorm';
import { groupBy } from '../database/group-by.js';
import { once } from '../graphql/later.js';
import { ToolsQueries } from '../tools/tools.queries.js';
import { guardStatesOf } from './guard-states.js';
import { ServerEntity } from './server.entity.js';
import type { Server } from './server.model.js';

@Injectable()
export class ServersQueries {
  constructor(
    @InjectRepository(ServerEntity) private readonly servers: Repository<ServerEntity>,
    private readonly tools: ToolsQueries,
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
    const tools = once(() => this.tools.ofServers(rows));
    const ids = rows.map((row) => row.id);
    const guards = once(async () => groupBy(await guardStatesOf(this.pool, ids), (guard) => guard.server));
    return rows.map(({ id, name, environmentId, resource, demo }) => ({
      id,
      name,
      environment: environmentId,
      resource,
      demo,
      get tools() {
        return tools().then((all) => all.get(id)?.registered ?? []);
      },
      get unregisteredTools() {
        return tools().then((all) => all.get(id)?.unregistered ?? []);
      },
      get guards() {
        return guards().then((states) => states.get(id) ?? []);
      },
    }));
  }
}
