import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import type { CommandResult } from '../change-log/command.js';
import { parseInput } from '../graphql/parse-input.js';
import { signedIn } from '../people/signed-in.js';
import { DirectoriesCommands } from './directories.commands.js';
import { DirectoriesQueries } from './directories.queries.js';
import {
  CreateDirectoryInput,
  createDirectorySchema,
  DirectoryEntriesInput,
  directoryEntriesSchema,
} from './directory.inputs.js';
import { Directory, DirectoryEntry, DirectoryPayload } from './directory.model.js';

@Resolver()
export class DirectoriesResolver {
  constructor(
    private readonly queries: DirectoriesQueries,
    private readonly commands: DirectoriesCommands,
  ) {}

  @Query(() => [Directory], { description: 'Live ones first, by name.' })
  @Allow('read')
  directories(
    @Args('environment', { type: () => ID, nullable: true }) environment: string | null | undefined,
  ): Promise<Directory[]> {
    return this.queries.all(environment ?? null);
  }

  @Query(() => Directory, { nullable: true })
  @Allow('read')
  directory(@Args('id', { type: () => ID }) id: string): Promise<Directory | null> {
    return this.queries.find(id);
  }

  @Query(() => [DirectoryEntry], {
    description: 'A page of up to 500 entries, after the canonical form of the last one.',
  })
  @Allow('read')
  directoryEntries(
    @Args('directory', { type: () => ID }) directory: string,
    @Args('after', { type: () => ID, nullable: true }) after: string | null | undefined,
    @Args('first', { type: () => Int, defaultValue: 100 }) first: number,
  ): Promise<DirectoryEntry[]> {
    return this.queries.entries(directory, after ?? null, first);
  }

  @Mutation(() => DirectoryPayload)
  @Allow('grants:write')
  async createDirectory(
    @Args('input') input: CreateDirectoryInput,
    @Context() context: RequestContext,
  ): Promise<DirectoryPayload> {
    return this.payload(await this.commands.create(signedIn(context), parseInput(createDirectorySchema, input)));
  }

  @Mutation(() => DirectoryPayload, {
    description: 'Grants that name it give what is new in it from the next call on.',
  })
  @Allow('grants:write')
  async addDirectoryEntries(
    @Args('input') input: DirectoryEntriesInput,
    @Context() context: RequestContext,
  ): Promise<DirectoryPayload> {
    return this.payload(await this.commands.addEntries(signedIn(context), parseInput(directoryEntriesSchema, input)));
  }

  @Mutation(() => DirectoryPayload)
  @Allow('grants:write')
  async removeDirectoryEntries(@Args('input') input: DirectoryEntriesInput): Promise<DirectoryPayload> {
    return this.payload(await this.commands.removeEntries(parseInput(directoryEntriesSchema, input)));
  }

  @Mutation(() => DirectoryPayload, { description: 'One way; refused while a live grant names it.' })
  @Allow('grants:write')
  async retireDirectory(@Args('id', { type: () => ID }) id: string): Promise<DirectoryPayload> {
    return this.payload(await this.commands.retire(id));
  }

  private async payload({ value, revision }: CommandResult<string>): Promise<DirectoryPayload> {
    return { directory: await this.queries.existing(value), revision };
  }
}
