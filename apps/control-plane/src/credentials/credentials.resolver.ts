import { Args, Context, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import { Inject } from '@nestjs/common';
import { overlapSeconds } from '@portcullis/contracts';
import { z } from 'zod';
import { CONFIG } from '../app/provided.js';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { CommandResult } from '../change-log/command.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import type { Config } from '../platform/config.js';
import { CredentialPayload, IssuedCredentialPayload, TaintPayload } from './credential.model.js';
import { CredentialsCommands, type Issued } from './credentials.commands.js';
import { CredentialsQueries } from './credentials.queries.js';
import { IssueCredentialInput, issueCredentialSchema } from './issue-credential.input.js';
import { TaintCommands } from './taint.commands.js';

@Resolver()
export class CredentialsResolver {
  constructor(
    private readonly queries: CredentialsQueries,
    private readonly commands: CredentialsCommands,
    private readonly taints: TaintCommands,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Mutation(() => IssuedCredentialPayload, { description: 'Active at once.' })
  @Allow('credentials:write')
  async issueCredential(
    @Args('input') input: IssueCredentialInput,
    @Context() context: RequestContext,
  ): Promise<IssuedCredentialPayload> {
    const asked = parseInput(issueCredentialSchema, input);
    return this.issued(await this.commands.issue(signedIn(context), asked, 'active'));
  }

  @Mutation(() => IssuedCredentialPayload, {
    description: 'Known to every guard, but given no tokens until it is activated.',
  })
  @Allow('credentials:write')
  async prepareCredential(
    @Args('input') input: IssueCredentialInput,
    @Context() context: RequestContext,
  ): Promise<IssuedCredentialPayload> {
    const asked = parseInput(issueCredentialSchema, input);
    return this.issued(await this.commands.issue(signedIn(context), asked, 'prepared'));
  }

  @Mutation(() => CredentialPayload)
  @Allow('credentials:write')
  async activateCredential(@Args('id', { type: () => ID }) id: string): Promise<CredentialPayload> {
    const { revision } = await this.commands.activate(id);
    return { credential: await this.queries.one(id), revision };
  }

  @Mutation(() => CredentialPayload, {
    description:
      'The credential and its tokens end with the overlap: one shorter than the token life cuts off tokens in hand.',
  })
  @Allow('credentials:write')
  async retireCredential(
    @Args('id', { type: () => ID }) id: string,
    @Args('overlapSeconds', { type: () => Int, defaultValue: overlapSeconds.standard }) overlap: number,
  ): Promise<CredentialPayload> {
    const { revision } = await this.commands.retire(
      id,
      parseInput(overlapSchema, { overlapSeconds: overlap }).overlapSeconds,
    );
    return { credential: await this.queries.one(id), revision };
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

  @Mutation(() => TaintPayload, {
    description:
      'One way, a revoked credential included. Everything derived from it is tainted too, and its conversations end.',
  })
  @Allow('credentials:write')
  async taintCredential(
    @Args('id', { type: () => ID }) id: string,
    @Args('reason', { type: () => String, defaultValue: '' }) reason: string,
    @Context() context: RequestContext,
  ): Promise<TaintPayload> {
    const asked = parseInput(taintSchema, { reason });
    const { value, revision } = await this.taints.taint(signedIn(context), id, asked.reason);
    return { credential: await this.queries.one(id), ...value, revision };
  }

  private async issued({ value, revision }: CommandResult<Issued>): Promise<IssuedCredentialPayload> {
    const credential = await this.queries.one(value.id);
    return { credential, secret: value.secret, tokenUrl: `${this.config.publicUrl}/oauth/token`, revision };
  }
}

const overlapSchema = z.object({ overlapSeconds: z.int().min(overlapSeconds.least).max(overlapSeconds.most) });
const taintSchema = z.object({ reason: z.string().max(500) });
