import { Args, Context, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Inject } from '@nestjs/common';
import { CONFIG } from '../app/provided.js';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import type { Config } from '../platform/config.js';
import { IssuedCredentialPayload } from './credential.model.js';
import { CredentialsCommands } from './credentials.commands.js';
import { CredentialsQueries } from './credentials.queries.js';
import { IssueCredentialInput, issueCredentialSchema } from './issue-credential.input.js';

@Resolver()
export class CredentialsResolver {
  constructor(
    private readonly queries: CredentialsQueries,
    private readonly commands: CredentialsCommands,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Mutation(() => IssuedCredentialPayload)
  @Allow('credentials:write')
  async issueCredential(
    @Args('input') input: IssueCredentialInput,
    @Context() context: RequestContext,
  ): Promise<IssuedCredentialPayload> {
    const { value, revision } = await this.commands.issue(signedIn(context), parseInput(issueCredentialSchema, input));
    const credential = await this.queries.one(value.id);
    return { credential, secret: value.secret, tokenUrl: `${this.config.publicUrl}/oauth/token`, revision };
  }

  @Mutation(() => RevisionPayload)
  @Allow('credentials:write')
  async revokeCredential(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<RevisionPayload> {
    const { revision } = await this.commands.revoke(signedIn(context), id);
    return { revision };
  }
}
