import { killSwitchScopes, type KillSwitchScope } from '@portcullis/contracts';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Pool } from 'pg';
import { CONFIG, FEED_SIGNER } from '../app/provided.js';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { currentRevision } from '../database/current-revision.js';
import { KillSwitchScopeEnum } from '../graphql/enums.js';
import { parseInput } from '../graphql/parse-input.js';
import type { FeedSigner } from '../keys/feed-signer.js';
import { issueStopTicket } from '../keys/stop-ticket.js';
import { inSession, signedIn } from '../people/signed-in.js';
import type { Config } from '../platform/config.js';
import { EngageKillSwitchInput, engageKillSwitchSchema } from './engage-kill-switch.input.js';
import { engage } from './engage.js';
import { Engagement, EngagementPayload, StopTicketPayload } from './engagement.model.js';
import { KillSwitchReach } from './kill-switch-reach.model.js';
import { KillSwitchQueries } from './kill-switch.queries.js';
import { reachOf } from './reach.js';

@Resolver()
export class KillSwitchResolver {
  constructor(
    private readonly queries: KillSwitchQueries,
    private readonly pool: Pool,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(FEED_SIGNER) private readonly signer: FeedSigner,
  ) {}

  @Query(() => [Engagement])
  @Allow('read')
  killSwitches(): Promise<Engagement[]> {
    return this.queries.all();
  }

  @Query(() => KillSwitchReach, { description: 'What a kill switch would stop now, shown before it is pressed.' })
  @Allow('read')
  killSwitchReach(
    @Args('scope', { type: () => KillSwitchScopeEnum }) scope: KillSwitchScope,
    @Args('target', { type: () => String }) target: string,
  ): Promise<KillSwitchReach> {
    return reachOf(this.pool, scope, target);
  }

  @Mutation(() => EngagementPayload)
  @Allow('kill:engage')
  async engageKillSwitch(
    @Args('input') input: EngageKillSwitchInput,
    @Context() context: RequestContext,
  ): Promise<EngagementPayload> {
    const asked = parseInput(engageKillSwitchSchema, input);
    const { engagement, revision } = await engage(
      this.pool,
      { ...asked, person: signedIn(context).email },
      this.config.limits,
    );
    return { engagement: await this.queries.one(engagement), revision };
  }

  @Mutation(() => StopTicketPayload, {
    description: 'A stop ticket (12 h) for the kill lane, `/stop` and the command line.',
  })
  @Allow('kill:engage')
  async issueStopTicket(@Context() context: RequestContext): Promise<StopTicketPayload> {
    const ticket = issueStopTicket(this.signer, inSession(context).email, killSwitchScopes);
    return { ...ticket, url: this.config.stopUrl, revision: await currentRevision(this.pool) };
  }
}
