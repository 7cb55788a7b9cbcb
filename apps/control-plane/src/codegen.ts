import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { schemaText } from './graphql/schema-text.js';

const file = fileURLToPath(new URL('../../../libs/contracts/schema.graphql', import.meta.url));

const text = await schemaText();
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('libs/contracts/schema.graphql differs from the resolvers; run npm run codegen\n');
  process.exit(1);
}
