import { Injectable } from '@nestjs/common';
import { argumentFields, effectiveClasses, type PolicyCatalogue } from '@portcullis/policy';
import { Pool, type ClientBase } from 'pg';

interface ToolRow {
  id: string;
  server_id: string;
  environment_id: string;
  classes: string[];
  input_schema: unknown;
  is_announced: boolean;
}

/** What there is to be named by a policy, and what the tools' own schemas say of their parameters. */
@Injectable()
export class PolicyCatalogueSource {
  constructor(private readonly pool: Pool) {}

  async read(on: Pool | ClientBase = this.pool): Promise<PolicyCatalogue> {
    const ids = async (table: 'agent' | 'server' | 'environment') =>
      (await on.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(({ id }) => id);
    const agents = await ids('agent');
    const servers = await ids('server');
    const environments = await ids('environment');
    const { rows } = await on.query<ToolRow>(`
      select tool.id, tool.server_id, server.environment_id, tool.classes, observed.input_schema,
        observed.name is not null as is_announced
      from tool join server on server.id = tool.server_id
      left join observed_tool observed on observed.server_id = tool.server_id and observed.name = tool.name
      order by tool.id`);
    const tools = rows.map((row) => ({
      id: row.id,
      server: row.server_id,
      environment: row.environment_id,
      classes: effectiveClasses(row.classes),
      fields: row.is_announced ? argumentFields(row.input_schema) : undefined,
    }));
    return { agents, servers, environments, tools };
  }
}
