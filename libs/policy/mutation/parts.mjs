import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const sources = 'libs/policy/src';
const nothingToMutate = ['*.spec.ts', '*.fixture.ts', '*.d.ts'].map((name) => `!${sources}/**/${name}`);

/** What is mutated one after the other: the files and folders that are named (`checks`, or a path), or every folder there is. */
export function partsOf(root, named) {
  const folders = named.length > 0 ? named.map((one) => pathOf(root, one)) : foldersOf(root);
  return folders.map((place) => ({
    name: place,
    mutate: [place.endsWith('.ts') ? place : `${place}/*.ts`, ...nothingToMutate, `!${sources}/index.ts`],
  }));
}

function pathOf(root, named) {
  return [named, path.join(sources, named)].find((place) => exists(root, place)) ?? named;
}

function exists(root, place) {
  return statSync(path.join(root, place), { throwIfNoEntry: false }) !== undefined;
}

/** The folder of policy itself among them. */
function foldersOf(root) {
  const below = readdirSync(path.join(root, sources), { recursive: true, withFileTypes: true });
  const holding = below.filter((entry) => entry.isFile() && /(?<!\.spec|\.fixture|\.d)\.ts$/.test(entry.name));
  return [...new Set(holding.map(({ parentPath }) => path.relative(root, parentPath)))].toSorted();
}
