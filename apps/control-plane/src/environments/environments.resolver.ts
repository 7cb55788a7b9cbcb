import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { CreateEnvironmentInput, createEnvironmentSchema } from './create-environment.input.js';
import { Environment } from './environment.model.js';
import { EnvironmentsCommands } from './environments.commands.js';
import { EnvironmentsQueries } from './environments.queries.js';

@Resolver()
export class EnvironmentsResolver {
  constructor(
    private readonly queries: EnvironmentsQueries,
    private readonly commands: EnvironmentsCommands,
  ) {}

  @Query(() => [Environment])
  @Allow('read')
  environments(): Promise<Environment[]> {
    return this.queries.all();
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async createEnvironment(@Args('input') input: CreateEnvironmentInput): Promise<RevisionPayload> {
    const { revision } = await this.commands.create(parseInput(createEnvironmentSchema, input));
    return { revision };
  }
}
