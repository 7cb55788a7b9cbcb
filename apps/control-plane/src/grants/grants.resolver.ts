import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import { CreateGrantInput, createGrantSchema } from './create-grant.input.js';
import { GrantMatrix, grantPageSchema } from './grant-matrix.model.js';
import { Grant, GrantPayload } from './grant.model.js';
import { GrantUse, grantUsesSchema } from './grant-use.model.js';
import { GrantUsesQueries } from './grant-uses.queries.js';
import { GrantTexts, grantTexts } from './grant-texts.model.js';
import { JsonScalar } from '../graphql/json.scalar.js';
import { GrantsCommands } from './grants.commands.js';
import { GrantsQueries } from './grants.queries.js';

@Resolver()
export class GrantsResolver {
  constructor(
    private readonly queries: GrantsQueries,
    private readonly commands: GrantsCommands,
    private readonly uses: GrantUsesQueries,
  ) {}

  @Query(() => [Grant])
  @Allow('read')
  grants(
    @Args('role', { type: () => ID, nullable: true }) role: string | null | undefined,
    @Args('environment', { type: () => ID, nullable: true }) environment: string | null | undefined,
  ): Promise<Grant[]> {
    return this.queries.all(role ?? undefined, environment ?? undefined);
  }

  @Query(() => GrantMatrix, { description: 'One page of the live grants: role by tool, environments together.' })
  @Allow('read')
  grantMatrix(
    @Args('filter', { type: () => String, defaultValue: '' }) filter: string,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('skip', { type: () => Int, defaultValue: 0 }) skip: number,
  ): Promise<GrantMatrix> {
    const page = parseInput(grantPageSchema, { filter, first, skip });
    return this.queries.matrix(page.filter, page.first, page.skip);
  }

  @Query(() => [Grant], {
    description: 'The first hundred live grants that name a directory, also those that widen one conversation.',
  })
  @Allow('read')
  grantsNaming(@Args('directory', { type: () => ID }) directory: string): Promise<Grant[]> {
    return this.queries.naming(directory);
  }

  @Query(() => Grant, { nullable: true })
  @Allow('read')
  grant(@Args('id', { type: () => ID }) id: string): Promise<Grant | null> {
    return this.queries.find(id);
  }

  @Query(() => [GrantUse], {
    description:
      'When each of these grants was last used, and what it gives beyond that; without those that are revoked.',
  })
  @Allow('read')
  grantUses(@Args('ids', { type: () => [ID] }) ids: string[]): Promise<GrantUse[]> {
    return this.uses.of(parseInput(grantUsesSchema, { ids }).ids);
  }

  @Query(() => GrantTexts, {
    description: 'Constraints and obligations in words while they are written, or what is wrong with each.',
  })
  @Allow('read')
  grantTexts(
    @Args('constraints', { type: () => [JsonScalar], defaultValue: [] }) constraints: unknown[],
    @Args('obligations', { type: () => [JsonScalar], defaultValue: [] }) obligations: unknown[],
  ): GrantTexts {
    return grantTexts(constraints, obligations);
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
