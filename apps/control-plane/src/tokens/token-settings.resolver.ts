import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { signedIn } from '../people/signed-in.js';
import { SigningKeysCommands } from './signing-keys.commands.js';
import { TokenSettingsCommands } from './token-settings.commands.js';
import { TokenSettings, TokenSettingsPayload, UpdateTokenSettingsInput } from './token-settings.model.js';

@Resolver()
export class TokenSettingsResolver {
  constructor(
    private readonly commands: TokenSettingsCommands,
    private readonly keys: SigningKeysCommands,
  ) {}

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

  @Mutation(() => TokenSettingsPayload, {
    description: 'Publishes a new key; it signs once every guard with a live lease holds it.',
  })
  @Allow('tokens:write')
  async rotateSigningKey(@Context() context: RequestContext): Promise<TokenSettingsPayload> {
    const { revision } = await this.keys.rotate(signedIn(context));
    return { settings: await this.commands.read(), revision };
  }

  @Mutation(() => TokenSettingsPayload, {
    description: 'A key that does not sign, at once: what it signed dies with the next key set.',
  })
  @Allow('tokens:write')
  async withdrawSigningKey(
    @Args('kid', { type: () => ID }) kid: string,
    @Context() context: RequestContext,
  ): Promise<TokenSettingsPayload> {
    const { revision } = await this.keys.withdraw(signedIn(context), kid);
    return { settings: await this.commands.read(), revision };
  }
}
