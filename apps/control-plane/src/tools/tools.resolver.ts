import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { RevisionPayload } from '../graphql/revision.payload.js';
import { signedIn } from '../people/signed-in.js';
import { DefinitionDiffQueries } from './definition-diff.queries.js';
import { DefinitionInput, definitionSchema, SetToolClassesInput, setToolClassesSchema } from './tool.inputs.js';
import { DefinitionFieldDiff, Tool } from './tool.model.js';
import { ToolsCommands } from './tools.commands.js';
import { ToolsQueries } from './tools.queries.js';

@Resolver()
export class ToolsResolver {
  constructor(
    private readonly queries: ToolsQueries,
    private readonly commands: ToolsCommands,
    private readonly definitions: DefinitionDiffQueries,
  ) {}

  @Query(() => [Tool])
  @Allow('read')
  tools(): Promise<Tool[]> {
    return this.queries.all();
  }

  @Query(() => Tool, { nullable: true })
  @Allow('read')
  tool(@Args('id', { type: () => ID }) id: string): Promise<Tool | null> {
    return this.queries.one(id);
  }

  @Query(() => [DefinitionFieldDiff], {
    description: 'What is another in the later of two definitions of a tool, by their hashes, field by field.',
  })
  @Allow('read')
  toolDefinitionDiff(
    @Args('tool', { type: () => ID }) tool: string,
    @Args('from', { type: () => String }) from: string,
    @Args('to', { type: () => String }) to: string,
  ): Promise<DefinitionFieldDiff[]> {
    return this.definitions.diff(tool, from, to);
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async setToolClasses(@Args('input') input: SetToolClassesInput): Promise<RevisionPayload> {
    const { revision } = await this.commands.setClasses(parseInput(setToolClassesSchema, input));
    return { revision };
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async acceptDefinition(
    @Args('input') input: DefinitionInput,
    @Context() context: RequestContext,
  ): Promise<RevisionPayload> {
    const { revision } = await this.commands.acceptDefinition(signedIn(context), parseInput(definitionSchema, input));
    return { revision };
  }

  @Mutation(() => RevisionPayload)
  @Allow('servers:write')
  async withdrawDefinition(
    @Args('input') input: DefinitionInput,
    @Context() context: RequestContext,
  ): Promise<RevisionPayload> {
    const { revision } = await this.commands.withdrawDefinition(signedIn(context), parseInput(definitionSchema, input));
    return { revision };
  }
}
