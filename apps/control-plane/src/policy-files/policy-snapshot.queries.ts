import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull } from 'typeorm';
import { EnvironmentsQueries } from '../environments/environments.queries.js';
import { GrantEntity } from '../grants/grant.entity.js';
import { grantModel } from '../grants/grant.projection.js';
import { RoleEntity } from '../roles/role.entity.js';
import { ServerEntity } from '../servers/server.entity.js';
import { ToolEntity } from '../servers/tool.entity.js';
import type { PolicySnapshot, SnapshotPolicy } from './policy-snapshot.model.js';

const byId = { order: { id: 'ASC' } } as const;

const livePolicies = `
  select policy.id, policy.environment_id as environment, live.name, live.text, live.tests, live.number as version,
    (select max(number) from policy_version where policy_id = policy.id) as "newestVersion"
  from policy join policy_version live on live.policy_id = policy.id and live.number = policy.live_version
  where policy.retired_at is null order by policy.id`;

@Injectable()
export class PolicySnapshotQueries {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly environments: EnvironmentsQueries,
  ) {}

  /** In one transaction: no file says what another contradicts. */
  async atHead(): Promise<PolicySnapshot> {
    return this.source.transaction('REPEATABLE READ', async (manager) => {
      const counter = await manager.query<{ revision: string }[]>('select revision::text from change_counter');
      const roles = await manager.find(RoleEntity, byId);
      const servers = await manager.find(ServerEntity, byId);
      const tools = await manager.find(ToolEntity, byId);
      const grants = await manager.find(GrantEntity, {
        where: { revokedAt: IsNull(), conversationId: IsNull() },
        ...byId,
      });
      const policies = await manager.query<SnapshotPolicy[]>(livePolicies);
      const environments = await this.environments.all();
      return {
        revision: Number(counter[0]?.revision),
        environments: environments.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        roles: roles.map(({ id, name }) => ({ id, name })),
        servers: servers.map(({ id }) => id),
        tools: tools.map(({ id, serverId, name, classes }) => ({ id, server: serverId, name, classes })),
        grants: grants.map(grantModel),
        policies,
      };
    });
  }
}
