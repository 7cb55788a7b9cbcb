import { readFileSync } from 'node:fs';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { AppModule } from '../app/app.module.js';
import { openParts } from '../app/open-parts.js';
import { readConfig } from '../platform/config.js';
import { testInstall } from '../testing/test-install.js';
import { schemaText, textOf } from './schema-text.js';

describe('schema.graphql', () => {
  const install = testInstall();

  it('is what the resolvers say', async () => {
    const committed = readFileSync(new URL('../../../../libs/contracts/schema.graphql', import.meta.url), 'utf8');
    expect(await schemaText()).toBe(committed);
  });

  it('is what the running API serves', async () => {
    const config = readConfig({ DATABASE_URL: install.url, PORTCULLIS_DATA: install.data, PORTCULLIS_PORT: '5699' });
    const parts = await openParts(config, pino({ level: 'silent' }));
    const app = await NestFactory.create(AppModule.of(parts, parts.pool), { logger: false, bodyParser: false });
    try {
      await app.init();
      expect(textOf(app.get(GraphQLSchemaHost).schema)).toBe(await schemaText());
    } finally {
      await app.close();
      await parts.close();
    }
  });
});
