import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { ConversationStatus } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { parseInput } from '../graphql/parse-input.js';
import { signedIn } from '../people/signed-in.js';
import { Conversation, ConversationPayload } from './conversation.model.js';
import { ConversationsCommands } from './conversations.commands.js';
import { ConversationsQueries } from './conversations.queries.js';
import { OpenConversationInput, openConversationInputSchema } from './open-conversation.input.js';

@Resolver()
export class ConversationsResolver {
  constructor(
    private readonly queries: ConversationsQueries,
    private readonly commands: ConversationsCommands,
  ) {}

  @Query(() => [Conversation], { description: 'Newest first.' })
  @Allow('read')
  conversations(
    @Args('agent', { type: () => ID, nullable: true }) agent: string | null,
    @Args('status', { type: () => ConversationStatus, nullable: true }) status: ConversationStatus | null,
    @Args('before', { type: () => InstantScalar, nullable: true }) before: number | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
  ): Promise<Conversation[]> {
    const from = before === null || before === undefined ? null : new Date(before);
    return this.queries.some({ agent: agent ?? null, status: status ?? null, before: from, first });
  }

  @Query(() => Conversation, { nullable: true })
  @Allow('read')
  conversation(@Args('id', { type: () => ID }) id: string): Promise<Conversation | null> {
    return this.queries.find(id);
  }

  @Mutation(() => ConversationPayload)
  @Allow('read')
  async openConversation(
    @Args('input') input: OpenConversationInput,
    @Context() context: RequestContext,
  ): Promise<ConversationPayload> {
    const request = parseInput(openConversationInputSchema, input);
    const { value, revision } = await this.commands.open(signedIn(context), request);
    return { conversation: await this.queries.existing(value), revision };
  }

  @Mutation(() => ConversationPayload)
  @Allow('agents:write')
  async closeConversation(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<ConversationPayload> {
    const { value, revision } = await this.commands.close(signedIn(context), id);
    return { conversation: await this.queries.existing(value), revision };
  }
}
