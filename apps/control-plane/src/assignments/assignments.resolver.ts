import { Args, Context, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import { AssignRoleInput, assignRoleSchema } from './assign-role.input.js';
import { AssignmentPayload } from './assignment.model.js';
import { AssignmentsCommands } from './assignments.commands.js';

@Resolver()
export class AssignmentsResolver {
  constructor(private readonly commands: AssignmentsCommands) {}

  @Mutation(() => AssignmentPayload)
  @Allow('grants:write')
  async assignRole(
    @Args('input') input: AssignRoleInput,
    @Context() context: RequestContext,
  ): Promise<AssignmentPayload> {
    const { value, revision } = await this.commands.assign(signedIn(context), parseInput(assignRoleSchema, input));
    return { assignment: value, revision };
  }

  @Mutation(() => RevisionPayload)
  @Allow('grants:write')
  async removeAssignment(@Args('id', { type: () => ID }) id: string): Promise<RevisionPayload> {
    const { revision } = await this.commands.remove(id);
    return { revision };
  }
}
