import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import { CreateGrantInput, createGrantSchema } from './create-grant.input.js';
import { Grant, GrantPayload } from './grant.model.js';
import { GrantsCommands } from './grants.commands.js';
import { GrantsQueries } from './grants.queries.js';

@Resolver()
export class GrantsResolver {
  constructor(
    private readonly queries: GrantsQueries,
    private readonly commands: GrantsCommands,
  ) {}

  @Query(() => [Grant])
  @Allow('read')
  grants(
    @Args('role', { type: () => ID, nullable: true }) role: string | null | undefined,
    @Args('environment', { type: () => ID, nullable: true }) environment: string | null | undefined,
  ): Promise<Grant[]> {
    return this.queries.all(role ?? undefined, environment ?? undefined);
  }

  @Mutation(() => GrantPayload)
  @Allow('grants:write')
  async createGrant(@Args('input') input: CreateGrantInput, @Context() context: RequestContext): Promise<GrantPayload> {
    const { value, revision } = await this.commands.create(signedIn(context), parseInput(createGrantSchema, input));
    return { grant: await this.queries.one(value), revision };
  }

  @Mutation(() => RevisionPayload)
  @Allow('grants:write')
  async revokeGrant(@Args('id', { type: () => ID }) id: string): Promise<RevisionPayload> {
    const { revision } = await this.commands.revoke(id);
    return { revision };
  }
}
