import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { parse } from 'graphql';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'src');
const schema = parse(await readFile(join(here, '../../libs/contracts/schema.graphql'), 'utf8'));

const documents = [];
for (const file of (await readdir(source, { recursive: true })).sort()) {
  if (!/\.tsx?$/.test(file) || file.startsWith('gql')) continue;
  const text = await readFile(join(source, file), 'utf8');
  for (const [, rawSDL] of text.matchAll(/\bgraphql\(\s*`([^`]*)`/g)) {
    documents.push({ location: file, document: parse(rawSDL), rawSDL });
  }
}

const outputs = await preset.buildGeneratesSection({
  baseOutputDir: `${join(source, 'gql')}/`,
  schema,
  documents,
  presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' } },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    strictScalars: true,
    scalars: { Instant: 'number', JSON: 'unknown' },
    emitLegacyCommonJSImports: false,
  },
  plugins: [],
  pluginMap: {},
});
await mkdir(join(source, 'gql'), { recursive: true });
for (const output of outputs) {
  // By rename: a build that runs at the same moment never reads half a file.
  const unfinished = `${output.filename}.${process.pid}`;
  await writeFile(unfinished, await codegen(output));
  await rename(unfinished, output.filename);
}
