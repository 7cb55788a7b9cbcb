import { toolId } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { createJoinToken } from '../keys/join-token.js';
import { Refusal } from '../platform/refusal.js';
import { announcedNow, pinTool } from '../tools/pin-tool.js';
import { toolValue } from '../tools/tool-value.js';
import type { createJoinTokenSchema, createServerSchema, registerToolSchema } from './server.inputs.js';

@Injectable()
export class ServersCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** A server belongs to one environment for ever: a move is a new server. */
  create(input: z.infer<typeof createServerSchema>): Promise<CommandResult<string>> {
    const { id, name, environment, resource } = input;
    return this.unit.run(async ({ client, append }) => {
      const environments = await lockRows(client, 'environment', [environment]);
      if (!environments.has(environment))
        throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
      const made = await client.query(
        'insert into server (id, name, environment_id, resource) values ($1, $2, $3, $4) on conflict do nothing',
        [id, name, environment, resource],
      );
      if (made.rowCount === 0)
        throw new Refusal('already_exists', `there is already a server ${id}, or one at ${resource}`, {
          server: id,
          resource,
        });
      append('server', id, { name, environment, resource });
      return id;
    });
  }

  /** It is pinned to what the server says of it now; if it says nothing yet, to what it says first. */
  registerTool(by: Viewer, input: z.infer<typeof registerToolSchema>): Promise<CommandResult<string>> {
    const { server, name, classes, definition } = input;
    const id = toolId(server, name);
    return this.unit.run(async ({ client, append }) => {
      const servers = await lockRows(client, 'server', [server]);
      if (!servers.has(server)) throw new Refusal('not_found', `there is no server ${server}`, { server });
      const made = await client.query(
        'insert into tool (id, server_id, name, classes) values ($1, $2, $3, $4) on conflict do nothing',
        [id, server, name, classes],
      );
      if (made.rowCount === 0) throw new Refusal('already_exists', `${id} is registered already`, { tool: id });
      const announced = await announcedNow(client, server, name);
      if (definition !== null && definition !== announced)
        throw new Refusal('conflict', `the server says something else of ${name} by now: read it again`, { tool: id });
      if (announced !== undefined) await pinTool(client, { tool: id, hash: announced, by: by.email });
      append('tool', id, await toolValue(client, id));
      return id;
    });
  }

  createJoinToken(
    by: Viewer,
    input: z.infer<typeof createJoinTokenSchema>,
  ): Promise<CommandResult<{ joinToken: string; expiresAt: number }>> {
    return this.unit.run(({ client }) => createJoinToken(client, { ...input, createdBy: by.personId }));
  }
}
