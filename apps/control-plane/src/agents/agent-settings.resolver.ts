import { Args, Context, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { CommandResult } from '../change-log/command.js';
import { parseInput } from '../graphql/parse-input.js';
import { signedIn } from '../people/signed-in.js';
import { SetRotationPolicyInput } from './agent.inputs.js';
import { AgentPayload } from './agent.model.js';
import { AgentSettingsCommands, rotationPolicySchema } from './agent-settings.commands.js';
import { AgentsQueries } from './agents.queries.js';

@Resolver()
export class AgentSettingsResolver {
  constructor(
    private readonly queries: AgentsQueries,
    private readonly commands: AgentSettingsCommands,
  ) {}

  @Mutation(() => AgentPayload, { description: 'Without a host only people open conversations for it.' })
  @Allow('agents:write')
  async setAgentHost(
    @Args('agent', { type: () => ID }) agent: string,
    @Args('host', { type: () => ID, nullable: true }) host: string | null,
    @Context() context: RequestContext,
  ): Promise<AgentPayload> {
    return this.payload(await this.commands.setHost(signedIn(context), agent, host ?? null));
  }

  @Mutation(() => AgentPayload)
  @Allow('credentials:write')
  async setRotationPolicy(
    @Args('input') input: SetRotationPolicyInput,
    @Context() context: RequestContext,
  ): Promise<AgentPayload> {
    const policy = parseInput(rotationPolicySchema, input);
    return this.payload(await this.commands.setRotationPolicy(signedIn(context), policy));
  }

  @Mutation(() => AgentPayload)
  @Allow('credentials:write')
  async removeRotationPolicy(@Args('agent', { type: () => ID }) agent: string): Promise<AgentPayload> {
    return this.payload(await this.commands.removeRotationPolicy(agent));
  }

  private async payload({ value, revision }: CommandResult<string>): Promise<AgentPayload> {
    return { agent: await this.queries.existing(value), revision };
  }
}
