import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { signedIn } from '../people/signed-in.js';
import {
  ApplyPolicyInput,
  applyPolicySchema,
  PolicyEditsInput,
  policyEditsSchema,
  savePolicyDraftsSchema,
} from './policy-edits.input.js';
import { ApplyPolicyPayload, PolicyPlan, SavePolicyDraftsPayload } from './policy-plan.model.js';
import { PolicyPlanQueries } from './policy-plan.queries.js';
import { PolicySnapshot } from './policy-snapshot.model.js';
import { PolicySnapshotQueries } from './policy-snapshot.queries.js';
import { PolicyCommands } from './policy.commands.js';

@Resolver()
export class PolicyFilesResolver {
  constructor(
    private readonly snapshots: PolicySnapshotQueries,
    private readonly plans: PolicyPlanQueries,
    private readonly commands: PolicyCommands,
  ) {}

  @Query(() => PolicySnapshot, { description: 'What `portcullis policy export` writes.' })
  @Allow('read')
  policySnapshot(): Promise<PolicySnapshot> {
    return this.snapshots.atHead();
  }

  @Query(() => PolicyPlan, { description: 'What these edits would do to who may call what.' })
  @Allow('read')
  planPolicy(@Args('input') input: PolicyEditsInput, @Context() context: RequestContext): Promise<PolicyPlan> {
    return this.plans.plan(signedIn(context), parseInput(policyEditsSchema, input).edits);
  }

  @Mutation(() => ApplyPolicyPayload, {
    description:
      'All of the edits under one revision, or none. Environments and tools need `servers:write` too, policies `policies:write`.',
  })
  @Allow('grants:write')
  async applyPolicy(
    @Args('input') input: ApplyPolicyInput,
    @Context() context: RequestContext,
  ): Promise<ApplyPolicyPayload> {
    const asked = parseInput(applyPolicySchema, input);
    const { value, revision } = await this.commands.apply(signedIn(context), asked);
    return { changes: value, revision };
  }

  @Mutation(() => SavePolicyDraftsPayload, {
    description:
      'Saves policies as drafts, for somebody else to review; all of them or none, and nothing is published.',
  })
  @Allow('policies:write')
  async savePolicyDrafts(
    @Args('input') input: PolicyEditsInput,
    @Context() context: RequestContext,
  ): Promise<SavePolicyDraftsPayload> {
    const asked = parseInput(savePolicyDraftsSchema, input);
    const { value, revision } = await this.commands.saveDrafts(signedIn(context), asked);
    return { drafts: value, revision };
  }
}
