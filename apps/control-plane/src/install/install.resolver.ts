import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Public } from '../authorisation/allow.js';
import type { HttpContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { Attempts } from '../people/attempts.js';
import { addressOf, sendSession } from '../people/session-answer.js';
import { SessionPayload } from '../people/session.payload.js';
import { Sessions } from '../people/sessions.js';
import { ClaimInstallInput, claimInstallSchema } from './claim-install.input.js';
import { InstallCommands } from './install.commands.js';
import { Install } from './install.model.js';
import { InstallQueries } from './install.queries.js';

@Resolver()
export class InstallResolver {
  constructor(
    private readonly queries: InstallQueries,
    private readonly commands: InstallCommands,
    private readonly sessions: Sessions,
    private readonly attempts: Attempts,
  ) {}

  @Query(() => Install, { description: 'Public: is the install claimed, is the demo on, how are people to sign in.' })
  @Public('the console chooses between claim and sign-in by it')
  install(): Promise<Install> {
    return this.queries.install();
  }

  @Mutation(() => SessionPayload)
  @Public('makes the first admin, by a token that works once')
  async claimInstall(
    @Args('input') input: ClaimInstallInput,
    @Context() context: HttpContext,
  ): Promise<SessionPayload> {
    const attempt = { act: 'claim', account: 'install', address: addressOf(context) } as const;
    await this.attempts.take(attempt);
    const claim = parseInput(claimInstallSchema, input);
    const { revision } = await this.commands.claim(claim);
    const session = await this.sessions.begin({ ...claim, address: attempt.address });
    return sendSession(context, session, revision);
  }
}
