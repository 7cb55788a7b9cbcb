import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import {
  CreateJoinTokenInput,
  createJoinTokenSchema,
  CreateServerInput,
  createServerSchema,
  RegisterToolInput,
  registerToolSchema,
} from './server.inputs.js';
import { Server } from './server.model.js';
import { JoinTokenPayload } from './server.payloads.js';
import { ServersCommands } from './servers.commands.js';
import { ServersQueries } from './servers.queries.js';

@Resolver()
export class ServersResolver {
  constructor(
    private readonly queries: ServersQueries,
    private readonly commands: ServersCommands,
  ) {}

  @Query(() => [Server])
  @Allow('read')
  servers(): Promise<Server[]> {
    return this.queries.all();
  }

  @Query(() => Server, { nullable: true })
  @Allow('read')
  server(@Args('id', { type: () => ID }) id: string): Promise<Server | null> {
    return this.queries.one(id);
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async createServer(@Args('input') input: CreateServerInput): Promise<RevisionPayload> {
    const { revision } = await this.commands.create(parseInput(createServerSchema, input));
    return { revision };
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async registerTool(
    @Args('input') input: RegisterToolInput,
    @Context() context: RequestContext,
  ): Promise<RevisionPayload> {
    const { revision } = await this.commands.registerTool(signedIn(context), parseInput(registerToolSchema, input));
    return { revision };
  }

  @Mutation(() => JoinTokenPayload)
  @Allow('servers:write')
  async createJoinToken(
    @Args('input') input: CreateJoinTokenInput,
    @Context() context: RequestContext,
  ): Promise<JoinTokenPayload> {
    const { value, revision } = await this.commands.createJoinToken(
      signedIn(context),
      parseInput(createJoinTokenSchema, input),
    );
    return { ...value, revision };
  }
}
