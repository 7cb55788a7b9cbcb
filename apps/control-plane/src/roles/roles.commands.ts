import { Injectable } from '@nestjs/common';
import type { CommandResult } from '../change-log/command.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';

@Injectable()
export class RolesCommands {
  constructor(private readonly unit: UnitOfWork) {}

  create(input: { readonly id: string; readonly name: string }): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      const made = await client.query('insert into role (id, name) values ($1, $2) on conflict (id) do nothing', [
        input.id,
        input.name,
      ]);
      if (made.rowCount === 0)
        throw new Refusal('already_exists', `there is already a role ${input.id}`, { role: input.id });
      return input.id;
    });
  }
}
