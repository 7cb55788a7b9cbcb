import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { CreateGrantInput, createGrantSchema } from '../grants/create-grant.input.js';
import { GrantPreview } from './grant-preview.model.js';
import { GrantPreviewQueries } from './grant-preview.queries.js';

@Resolver()
export class GrantPreviewResolver {
  constructor(private readonly previews: GrantPreviewQueries) {}

  @Query(() => GrantPreview, {
    description: 'What `createGrant` would do to who may call what; refused as it would be.',
  })
  @Allow('read')
  grantPreview(@Args('input') input: CreateGrantInput): Promise<GrantPreview> {
    return this.previews.creating(parseInput(createGrantSchema, input));
  }

  @Query(() => GrantPreview, { description: 'What `revokeGrant` would do to who may call what.' })
  @Allow('read')
  revocationPreview(@Args('id', { type: () => ID }) id: string): Promise<GrantPreview> {
    return this.previews.revoking(id);
  }
}
