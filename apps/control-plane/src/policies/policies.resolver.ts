import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { CommandResult } from '../change-log/command.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import { DiffLine } from '../text-diff/diff-line.model.js';
import { PoliciesCommands } from './policies.commands.js';
import { PoliciesQueries } from './policies.queries.js';
import { noPolicy } from './policies.refusals.js';
import {
  CheckPolicyInput,
  checkPolicySchema,
  PolicyVersionInput,
  SavePolicyDraftInput,
  savePolicyDraftSchema,
  SetPolicyReviewInput,
} from './policy.inputs.js';
import { Policy, PolicyCheck, PolicyPayload } from './policy.model.js';

const version = { type: () => Int };

@Resolver()
export class PoliciesResolver {
  constructor(
    private readonly queries: PoliciesQueries,
    private readonly commands: PoliciesCommands,
  ) {}

  @Query(() => [Policy])
  @Allow('read')
  policies(): Promise<Policy[]> {
    return this.queries.all();
  }

  @Query(() => Policy, { nullable: true })
  @Allow('read')
  policy(@Args('id', { type: () => ID }) id: string): Promise<Policy | null> {
    return this.queries.one(id);
  }

  @Query(() => [DiffLine])
  @Allow('read')
  policyDiff(
    @Args('id', { type: () => ID }) id: string,
    @Args('from', version) from: number,
    @Args('to', version) to: number,
  ): Promise<DiffLine[]> {
    return this.queries.diff(id, from, to);
  }

  @Query(() => PolicyCheck, {
    description: 'What is wrong with a text, and how its tests go, against what is registered now.',
  })
  @Allow('policies:write')
  checkPolicy(@Args('input') input: CheckPolicyInput): Promise<PolicyCheck> {
    return this.queries.check(parseInput(checkPolicySchema, input));
  }

  @Query(() => [ID], { description: 'Environments whose policies somebody else than the author reviews.' })
  @Allow('read')
  policyReviews(): Promise<string[]> {
    return this.queries.reviewedEnvironments();
  }

  @Mutation(() => PolicyPayload)
  @Allow('policies:write')
  savePolicyDraft(
    @Args('input') input: SavePolicyDraftInput,
    @Context() context: RequestContext,
  ): Promise<PolicyPayload> {
    return this.#shown(this.commands.saveDraft(signedIn(context), parseInput(savePolicyDraftSchema, input)));
  }

  @Mutation(() => PolicyPayload)
  @Allow('policies:write')
  reviewPolicy(@Args('input') input: PolicyVersionInput, @Context() context: RequestContext): Promise<PolicyPayload> {
    return this.#shown(this.commands.review(signedIn(context), input.id, input.version));
  }

  @Mutation(() => PolicyPayload)
  @Allow('policies:write')
  publishPolicy(@Args('input') input: PolicyVersionInput, @Context() context: RequestContext): Promise<PolicyPayload> {
    return this.#shown(this.commands.publish(signedIn(context), input.id, input.version));
  }

  @Mutation(() => PolicyPayload, { description: 'Brings an older version back as a new one, under a new revision.' })
  @Allow('policies:write')
  revertPolicy(@Args('input') input: PolicyVersionInput, @Context() context: RequestContext): Promise<PolicyPayload> {
    return this.#shown(this.commands.revert(signedIn(context), input.id, input.version));
  }

  @Mutation(() => PolicyPayload)
  @Allow('policies:write')
  retirePolicy(@Args('id', { type: () => ID }) id: string): Promise<PolicyPayload> {
    return this.#shown(this.commands.retire(id));
  }

  @Mutation(() => RevisionPayload)
  @Allow('policies:write')
  async setPolicyReview(
    @Args('input') input: SetPolicyReviewInput,
    @Context() context: RequestContext,
  ): Promise<RevisionPayload> {
    const { revision } = await this.commands.requireReview(signedIn(context), input.environment, input.required);
    return { revision };
  }

  async #shown(done: Promise<CommandResult<string>>): Promise<PolicyPayload> {
    const { value, revision } = await done;
    const policy = await this.queries.one(value);
    if (!policy) throw noPolicy(value);
    return { policy, revision };
  }
}
