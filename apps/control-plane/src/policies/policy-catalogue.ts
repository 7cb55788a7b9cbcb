import { Injectable } from '@nestjs/common';
import { argumentFields, effectiveClasses, type ArgumentFields, type PolicyCatalogue } from '@portcullis/policy';
import { Pool, type ClientBase } from 'pg';

interface ToolRow {
  id: string;
  server_id: string;
  environment_id: string;
  classes: string[];
  /** What of it was accepted last; `null`: nothing is. */
  accepted: string | null;
  /** What its server says of it, as long as nobody has judged that; `null`: nothing. */
  announced: { readonly schema: unknown } | null;
}

const toolsQuery = `
  select tool.id, tool.server_id, server.environment_id, tool.classes,
    (select definition from tool_definition one
      where one.server_id = tool.server_id and one.name = tool.name and accepted_at is not null and withdrawn_at is null
      order by accepted_at desc, hash limit 1) as accepted,
    case when tool.pinned_at is null and observed.name is not null
      then jsonb_build_object('schema', observed.input_schema) end as announced
  from tool join server on server.id = tool.server_id
  left join observed_tool observed on observed.server_id = tool.server_id and observed.name = tool.name
  order by tool.id`;

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
    const { rows } = await on.query<ToolRow>(toolsQuery);
    const tools = rows.map((row) => ({
      id: row.id,
      server: row.server_id,
      environment: row.environment_id,
      classes: effectiveClasses(row.classes),
      fields: fieldsOf(row),
    }));
    return { agents, servers, environments, tools };
  }
}

function fieldsOf({ accepted, announced }: ToolRow): ArgumentFields | undefined {
  if (accepted !== null) return argumentFields(inputSchemaIn(accepted));
  return announced ? argumentFields(announced.schema) : undefined;
}

function inputSchemaIn(definition: string): unknown {
  try {
    return (JSON.parse(definition) as { inputSchema?: unknown } | null)?.inputSchema;
  } catch {
    return undefined;
  }
}
