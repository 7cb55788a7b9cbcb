import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { resolvers } from '../app/resolvers.js';

const header = '# Written from the resolvers and models of apps/control-plane by `npm run codegen`. Do not edit.\n\n';

/** The API as one text, in alphabetical order, so that a change of it is a readable difference. */
export async function schemaText(): Promise<string> {
  const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    return textOf(await builder.get(GraphQLSchemaFactory).create(resolvers));
  } finally {
    await builder.close();
  }
}

export function textOf(schema: GraphQLSchema): string {
  return `${header}${printSchema(lexicographicSortSchema(schema))}\n`;
}
