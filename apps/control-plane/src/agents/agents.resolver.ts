import { Args, Context, ID, Info, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { CommandResult } from '../change-log/command.js';
import { parseInput } from '../graphql/parse-input.js';
import { selectedFields } from '../graphql/selected-fields.js';
import { signedIn } from '../people/signed-in.js';
import {
  CreateAgentInput,
  createAgentSchema,
  RenameAgentInput,
  renameAgentSchema,
  UpdateAgentInput,
  updateAgentSchema,
} from './agent.inputs.js';
import { Agent, AgentPayload } from './agent.model.js';
import { AgentsCommands } from './agents.commands.js';
import { AgentsQueries } from './agents.queries.js';

@Resolver()
export class AgentsResolver {
  constructor(
    private readonly queries: AgentsQueries,
    private readonly commands: AgentsCommands,
  ) {}

  @Query(() => [Agent])
  @Allow('read')
  agents(@Info() info: GraphQLResolveInfo): Promise<Agent[]> {
    return this.queries.all(selectedFields(info));
  }

  @Query(() => Agent, { nullable: true })
  @Allow('read')
  agent(@Args('id', { type: () => ID }) id: string): Promise<Agent | null> {
    return this.queries.one(id);
  }

  @Mutation(() => AgentPayload)
  @Allow('agents:write')
  async createAgent(@Args('input') input: CreateAgentInput, @Context() context: RequestContext): Promise<AgentPayload> {
    return this.payload(await this.commands.create(signedIn(context), parseInput(createAgentSchema, input)));
  }

  @Mutation(() => AgentPayload)
  @Allow('agents:write')
  async renameAgent(@Args('input') input: RenameAgentInput): Promise<AgentPayload> {
    return this.payload(await this.commands.update(parseInput(renameAgentSchema, input)));
  }

  @Mutation(() => AgentPayload)
  @Allow('agents:write')
  async updateAgent(@Args('input') input: UpdateAgentInput): Promise<AgentPayload> {
    return this.payload(await this.commands.update(parseInput(updateAgentSchema, input)));
  }

  @Mutation(() => AgentPayload)
  @Allow('agents:write')
  async suspendAgent(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<AgentPayload> {
    return this.payload(await this.commands.suspend(signedIn(context), id));
  }

  @Mutation(() => AgentPayload)
  @Allow('agents:write')
  async resumeAgent(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<AgentPayload> {
    return this.payload(await this.commands.resume(signedIn(context), id));
  }

  @Mutation(() => AgentPayload)
  @Allow('agents:write')
  async retireAgent(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<AgentPayload> {
    return this.payload(await this.commands.retire(signedIn(context), id));
  }

  private async payload({ value, revision }: CommandResult<string>): Promise<AgentPayload> {
    return { agent: await this.queries.existing(value), revision };
  }
}
