import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import { CreateEnvironmentInput, createEnvironmentSchema } from './create-environment.input.js';
import { Environment, EnvironmentPayload } from './environment.model.js';
import { EnvironmentsCommands } from './environments.commands.js';
import { EnvironmentsQueries } from './environments.queries.js';
import { GrantProposals } from './grant-proposals.model.js';
import { GrantProposalsQueries } from './grant-proposals.queries.js';
import { ObservationsCommands } from './observations.commands.js';
import { ObserveEnvironmentInput, observeEnvironmentSchema } from './observe-environment.input.js';

@Resolver()
export class EnvironmentsResolver {
  constructor(
    private readonly queries: EnvironmentsQueries,
    private readonly commands: EnvironmentsCommands,
    private readonly observations: ObservationsCommands,
    private readonly proposals: GrantProposalsQueries,
  ) {}

  @Query(() => [Environment])
  @Allow('read')
  environments(): Promise<Environment[]> {
    return this.queries.all();
  }

  @Query(() => GrantProposals, { description: 'Grants that would give what was seen in an observation.' })
  @Allow('read')
  grantProposals(@Args('environment', { type: () => ID }) environment: string): Promise<GrantProposals> {
    return this.proposals.of(environment);
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async createEnvironment(@Args('input') input: CreateEnvironmentInput): Promise<RevisionPayload> {
    const { revision } = await this.commands.create(parseInput(createEnvironmentSchema, input));
    return { revision };
  }

  @Mutation(() => EnvironmentPayload, {
    description: 'What grants and policies deny there runs and is recorded, but for destructive tools. Ends by itself.',
  })
  @Allow('grants:write')
  async observeEnvironment(
    @Args('input') input: ObserveEnvironmentInput,
    @Context() context: RequestContext,
  ): Promise<EnvironmentPayload> {
    const asked = parseInput(observeEnvironmentSchema, input);
    const { value, revision } = await this.observations.observe(signedIn(context), asked);
    return { environment: await this.queries.one(value), revision };
  }

  @Mutation(() => EnvironmentPayload, { description: 'Ends the observation now.' })
  @Allow('grants:write')
  async enforceEnvironment(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<EnvironmentPayload> {
    const { value, revision } = await this.observations.enforce(signedIn(context), id);
    return { environment: await this.queries.one(value), revision };
  }
}
