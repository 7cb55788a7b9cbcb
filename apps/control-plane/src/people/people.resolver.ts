import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../authorisation/allow.js';
import type { HttpContext, RequestContext } from '../authorisation/request-context.js';
import { currentRevision } from '../database/current-revision.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { Pool } from 'pg';
import { Attempts } from './attempts.js';
import { Person, personFrom } from './person.model.js';
import { SessionPayload } from './session.payload.js';
import { Sessions } from './sessions.js';
import { SignInInput } from './sign-in.input.js';
import { addressOf, sendSession, setCookies } from './session-answer.js';
import { inSession } from './signed-in.js';

@Resolver()
export class PeopleResolver {
  constructor(
    private readonly sessions: Sessions,
    private readonly attempts: Attempts,
    private readonly pool: Pool,
  ) {}

  @Query(() => Person, { nullable: true, description: 'The person signed in; null when nobody is.' })
  @Public('the console asks who is signed in before anyone is')
  me(@Context() context: RequestContext): Person | null {
    return context.viewer === null ? null : personFrom(context.viewer);
  }

  @Query(() => [Person], { description: 'Everybody who can sign in, by name.' })
  @Allow('read')
  async people(): Promise<Person[]> {
    const found = await this.pool.query<Person>(
      `select u."id" as id, u."email" as email, u."name" as name,
         array(select permission from person_permission p where p.person_id = u."id" order by permission) as permissions
       from "user" u order by u."name", u."id"`,
    );
    return found.rows;
  }

  @Mutation(() => SessionPayload)
  @Public('begins a session')
  async signIn(@Args('input') input: SignInInput, @Context() context: HttpContext): Promise<SessionPayload> {
    const attempt = { act: 'sign-in', account: input.email, address: addressOf(context) } as const;
    await this.attempts.take(attempt);
    const session = await this.sessions.begin({ ...input, address: attempt.address });
    await this.attempts.giveBack(attempt);
    return sendSession(context, session, await currentRevision(this.pool));
  }

  @Mutation(() => RevisionPayload)
  @Allow('read')
  async signOut(@Context() context: HttpContext): Promise<RevisionPayload> {
    setCookies(context, await this.sessions.end(inSession(context).sessionId));
    return { revision: await currentRevision(this.pool) };
  }
}
