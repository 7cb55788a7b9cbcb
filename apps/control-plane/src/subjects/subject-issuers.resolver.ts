import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { CommandResult } from '../change-log/command.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import {
  CreateSubjectIssuerInput,
  createSubjectIssuerSchema,
  UpdateSubjectIssuerInput,
  updateSubjectIssuerSchema,
} from './subject-issuer.inputs.js';
import { SubjectIssuer, SubjectIssuerPayload } from './subject-issuer.model.js';
import { SubjectIssuersCommands } from './subject-issuers.commands.js';
import { SubjectIssuersQueries } from './subject-issuers.queries.js';

@Resolver()
export class SubjectIssuersResolver {
  constructor(
    private readonly queries: SubjectIssuersQueries,
    private readonly commands: SubjectIssuersCommands,
  ) {}

  @Query(() => [SubjectIssuer], { description: 'By name.' })
  @Allow('read')
  subjectIssuers(): Promise<SubjectIssuer[]> {
    return this.queries.all();
  }

  @Mutation(() => SubjectIssuerPayload, { description: 'Its metadata and keys are read at once.' })
  @Allow('tokens:write')
  async createSubjectIssuer(
    @Args('input') input: CreateSubjectIssuerInput,
    @Context() context: RequestContext,
  ): Promise<SubjectIssuerPayload> {
    const asked = parseInput(createSubjectIssuerSchema, input);
    return this.payload(await this.commands.create(signedIn(context), asked));
  }

  @Mutation(() => SubjectIssuerPayload, {
    description: 'Holds from the next subject token on. A disabled issuer vouches for nobody.',
  })
  @Allow('tokens:write')
  async updateSubjectIssuer(@Args('input') input: UpdateSubjectIssuerInput): Promise<SubjectIssuerPayload> {
    return this.payload(await this.commands.update(parseInput(updateSubjectIssuerSchema, input)));
  }

  @Mutation(() => RevisionPayload, {
    description:
      'From now on it vouches for nobody. Tokens that agents hold for its users end by themselves within their life, conversations when they are closed or end; a kill switch on a user ends them at once.',
  })
  @Allow('tokens:write')
  async removeSubjectIssuer(@Args('id', { type: () => ID }) id: string): Promise<RevisionPayload> {
    const { revision } = await this.commands.remove(id);
    return { revision };
  }

  private async payload({ value, revision }: CommandResult<string>): Promise<SubjectIssuerPayload> {
    return { issuer: await this.queries.existing(value), revision };
  }
}
