import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { inSession, signedIn } from '../people/signed-in.js';
import { ApiToken, ApiTokenPayload, CreateApiTokenInput, createApiTokenSchema } from './api-token.model.js';
import { ApiTokensCommands } from './api-tokens.commands.js';
import { ApiTokensQueries } from './api-tokens.queries.js';

@Resolver()
export class ApiTokensResolver {
  constructor(
    private readonly queries: ApiTokensQueries,
    private readonly commands: ApiTokensCommands,
  ) {}

  @Query(() => [ApiToken], { description: 'Your own, newest first.' })
  @Allow('read')
  apiTokens(@Context() context: RequestContext): Promise<ApiToken[]> {
    return this.queries.of(signedIn(context));
  }

  @Mutation(() => ApiTokenPayload, { description: 'Only a person who is signed in can make one, not another token.' })
  @Allow('read')
  async createApiToken(
    @Args('input') input: CreateApiTokenInput,
    @Context() context: RequestContext,
  ): Promise<ApiTokenPayload> {
    const { value, revision } = await this.commands.create(inSession(context), parseInput(createApiTokenSchema, input));
    return { apiToken: await this.queries.one(value.id), token: value.token, revision };
  }

  @Mutation(() => RevisionPayload, { description: 'It is refused from the next request on.' })
  @Allow('read')
  async revokeApiToken(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<RevisionPayload> {
    const { revision } = await this.commands.revoke(signedIn(context), id);
    return { revision };
  }
}
