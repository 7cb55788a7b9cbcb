import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { CreateRoleInput, createRoleSchema } from './create-role.input.js';
import { Role } from './role.model.js';
import { RolesCommands } from './roles.commands.js';
import { RolesQueries } from './roles.queries.js';

@Resolver()
export class RolesResolver {
  constructor(
    private readonly queries: RolesQueries,
    private readonly commands: RolesCommands,
  ) {}

  @Query(() => [Role])
  @Allow('read')
  roles(): Promise<Role[]> {
    return this.queries.all();
  }

  @Mutation(() => RevisionPayload)
  @Allow('grants:write')
  async createRole(@Args('input') input: CreateRoleInput): Promise<RevisionPayload> {
    const { revision } = await this.commands.create(parseInput(createRoleSchema, input));
    return { revision };
  }
}
