import { mostAccepted } from '@portcullis/contracts';
import { effectiveClasses } from '@portcullis/policy';
import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import { refuseLeavingEngagedClass } from './engaged-class.js';
import type { definitionSchema, setToolClassesSchema } from './tool.inputs.js';
import { toolValue, type ToolRow } from './tool-value.js';

type Named = z.infer<typeof definitionSchema>;

interface DefinitionRow {
  readonly definition: string | null;
  readonly accepted_at: Date | null;
}

@Injectable()
export class ToolsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** What a class gives or stops follows at once: grants, kill switches and postures are asked by class. */
  setClasses({ tool, classes }: z.infer<typeof setToolClassesSchema>): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const { classes: before } = await lockTool(client, tool);
      const after = effectiveClasses(classes);
      const lost = effectiveClasses(before).filter((name) => !after.includes(name));
      await client.query('update tool set classes = $2 where id = $1', [tool, classes]);
      const value = await toolValue(client, tool);
      await refuseLeavingEngagedClass(client, tool, lost);
      append('tool', tool, value);
      return tool;
    });
  }

  /** Beside those that are accepted already, so that a definition can be accepted before it is rolled out (P-E8). */
  acceptDefinition(by: Viewer, { tool, hash }: Named): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const row = await lockTool(client, tool);
      const found = await definitionOf(client, row, hash);
      if (found.accepted_at !== null)
        throw new Refusal('already_exists', 'this definition is accepted already', { tool, hash });
      if (found.definition === null)
        throw refusedAt('hash', 'this definition is too long to be reviewed; let the server say less', { tool, hash });
      await refuseTooMany(client, row);
      await client.query(
        `update tool_definition set accepted_at = clock_timestamp(), accepted_by = $4, withdrawn_at = null, withdrawn_by = null
         where server_id = $1 and name = $2 and hash = $3`,
        [row.server_id, row.name, hash, by.email],
      );
      await client.query('update tool set pinned_at = coalesce(pinned_at, clock_timestamp()) where id = $1', [tool]);
      append('tool', tool, await toolValue(client, tool));
      return tool;
    });
  }

  /** The last one may be withdrawn as well: then nothing that the server says is accepted, and every call is refused. */
  withdrawDefinition(by: Viewer, { tool, hash }: Named): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const row = await lockTool(client, tool);
      const found = await definitionOf(client, row, hash);
      if (found.accepted_at === null)
        throw new Refusal('already_revoked', 'this definition is not accepted', { tool, hash });
      await client.query(
        `update tool_definition set accepted_at = null, accepted_by = null, withdrawn_at = clock_timestamp(), withdrawn_by = $4
         where server_id = $1 and name = $2 and hash = $3`,
        [row.server_id, row.name, hash, by.email],
      );
      append('tool', tool, await toolValue(client, tool));
      return tool;
    });
  }
}

async function lockTool(client: ClientBase, tool: string): Promise<ToolRow> {
  const row = (await lockRows<ToolRow>(client, 'tool', [tool])).get(tool);
  if (row === undefined) throw new Refusal('not_found', `there is no tool ${tool}`, { tool });
  return row;
}

async function definitionOf(client: ClientBase, tool: ToolRow, hash: string): Promise<DefinitionRow> {
  const { rows } = await client.query<DefinitionRow>(
    'select definition, accepted_at from tool_definition where server_id = $1 and name = $2 and hash = $3',
    [tool.server_id, tool.name, hash],
  );
  const message = `no server ever announced this definition of ${tool.id}`;
  if (rows[0] === undefined) throw new Refusal('not_found', message, { tool: tool.id, hash });
  return rows[0];
}

async function refuseTooMany(client: ClientBase, { id, server_id, name }: ToolRow): Promise<void> {
  const { rows } = await client.query<{ accepted: number }>(
    'select count(*)::int as accepted from tool_definition where server_id = $1 and name = $2 and accepted_at is not null',
    [server_id, name],
  );
  if ((rows[0]?.accepted ?? 0) < mostAccepted) return;
  throw new Refusal(
    'conflict',
    `${mostAccepted} definitions of ${id} are accepted: withdraw one that the server does not announce any more`,
    { tool: id, most: mostAccepted },
  );
}

function refusedAt(path: string, message: string, details: Record<string, string>): Refusal {
  return new Refusal('input_invalid', `${path}: ${message}`, { ...details, fields: [{ path, message }] });
}
