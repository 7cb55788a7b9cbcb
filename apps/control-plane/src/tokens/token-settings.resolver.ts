import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { signedIn } from '../people/signed-in.js';
import { TokenSettingsCommands } from './token-settings.commands.js';
import { TokenSettings, TokenSettingsPayload, UpdateTokenSettingsInput } from './token-settings.model.js';

@Resolver()
export class TokenSettingsResolver {
  constructor(private readonly commands: TokenSettingsCommands) {}

  @Query(() => TokenSettings)
  @Allow('read')
  tokenSettings(): Promise<TokenSettings> {
    return this.commands.read();
  }

  @Mutation(() => TokenSettingsPayload)
  @Allow('tokens:write')
  async updateTokenSettings(
    @Args('input') input: UpdateTokenSettingsInput,
    @Context() context: RequestContext,
  ): Promise<TokenSettingsPayload> {
    const { revision } = await this.commands.update(signedIn(context), input);
    return { settings: await this.commands.read(), revision };
  }
}
