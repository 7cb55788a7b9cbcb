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

  private withParts(rows: readonly ServerEntity[]): Server[] {
    const ids = rows.map((row) => row.id);
    const tools = once(async () =>
      groupBy(await this.tools.find({ where: { serverId: In(ids) }, order: { name: 'ASC' } }), (tool) => tool.serverId),
    );
    const seen = once(async () =>
      groupBy(
        await this.observed.find({ where: { serverId: In(ids) }, order: { name: 'ASC' } }),
        (tool) => tool.serverId,
      ),
    );
    const guards = once(async () => groupBy(await guardStatesOf(this.pool, ids), (guard) => guard.server));
    return rows.map(({ id, name, environmentId, resource, demo }) => ({
      id,
      name,
      environment: environmentId,
      resource,
      demo,
      get tools() {
        return Promise.all([tools(), seen()]).then(([known, observed]) => {
          const announced = new Map(observed.get(id)?.map((tool) => [tool.name, tool]));
          return (known.get(id) ?? []).map((tool) => ({
            id: tool.id,
            name: tool.name,
            classes: tool.classes,
            description: announced.get(tool.name)?.description ?? null,
            inputSchema: announced.get(tool.name)?.inputSchema ?? null,
          }));
        });
      },
      get unregisteredTools() {
        return Promise.all([tools(), seen()]).then(([known, observed]) => {
          const registered = new Set(known.get(id)?.map((tool) => tool.name));
          return (observed.get(id) ?? []).filter((tool) => !registered.has(tool.name));
        });
      },
      get guards() {
        return guards().then((states) => states.get(id) ?? []);
      },
    }));
  }
}
