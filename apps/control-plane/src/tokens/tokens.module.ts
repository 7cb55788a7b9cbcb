import { Module } from '@nestjs/common';
import { TokenSettingsCommands } from './token-settings.commands.js';
import { TokenSettingsResolver } from './token-settings.resolver.js';

@Module({ providers: [TokenSettingsResolver, TokenSettingsCommands] })
export class TokensModule {}
