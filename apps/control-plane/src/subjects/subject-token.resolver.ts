import { Args, Context, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { inSession } from '../people/signed-in.js';
import { SubjectTokenCommands } from './subject-token.commands.js';
import { SubjectTokenPayload } from './subject-token.payload.js';

@Resolver()
export class SubjectTokenResolver {
  constructor(private readonly commands: SubjectTokenCommands) {}

  @Mutation(() => SubjectTokenPayload, {
    description:
      'Lets this agent, and no other, act for the person who is signed in, for five minutes; in a conversation that its host opens with it meanwhile, until that ends or is closed.',
  })
  @Allow('read')
  async issueSubjectToken(
    @Args('agent', { type: () => ID }) agent: string,
    @Context() context: RequestContext,
  ): Promise<SubjectTokenPayload> {
    const { value, revision } = await this.commands.issue(inSession(context), agent);
    return { subjectToken: value.subjectToken, expiresAt: value.expiresAt, revision };
  }
}
