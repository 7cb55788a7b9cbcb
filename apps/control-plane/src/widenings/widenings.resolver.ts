import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { signedIn } from '../people/signed-in.js';
import { WidenConversationInput, widenConversationSchema } from './widen-conversation.input.js';
import { WideningPage, wideningPageSchema, WideningPayload } from './widening.model.js';
import { WideningsCommands } from './widenings.commands.js';
import { WideningsQueries } from './widenings.queries.js';

@Resolver()
export class WideningsResolver {
  constructor(
    private readonly queries: WideningsQueries,
    private readonly commands: WideningsCommands,
  ) {}

  @Query(() => WideningPage, { description: 'One page of what was granted for single conversations.' })
  @Allow('read')
  widenings(
    @Args('agent', { type: () => ID, nullable: true }) agent: string | null | undefined,
    @Args('filter', { type: () => String, defaultValue: '' }) filter: string,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('skip', { type: () => Int, defaultValue: 0 }) skip: number,
  ): Promise<WideningPage> {
    return this.queries.page(parseInput(wideningPageSchema, { agent, filter, first, skip }));
  }

  @Mutation(() => WideningPayload, {
    description: 'Grants one tool for one open conversation and at most a day. Nobody else gains anything by it.',
  })
  @Allow('grants:write')
  async widenConversation(
    @Args('input') input: WidenConversationInput,
    @Context() context: RequestContext,
  ): Promise<WideningPayload> {
    const asked = parseInput(widenConversationSchema, input);
    const { value, revision } = await this.commands.widen(signedIn(context), asked);
    return { widening: await this.queries.existing(value), revision };
  }
}
