import { Module } from '@nestjs/common';
import { SigningKeysCommands } from './signing-keys.commands.js';
import { TokenSettingsCommands } from './token-settings.commands.js';
import { TokenSettingsResolver } from './token-settings.resolver.js';

@Module({ providers: [TokenSettingsResolver, TokenSettingsCommands, SigningKeysCommands] })
export class TokensModule {}
