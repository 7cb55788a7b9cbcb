import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const sources = 'libs/policy/src';
const nothingToMutate = ['*.spec.ts', '*.fixture.ts', '*.d.ts'].map((name) => `!${sources}/**/${name}`);

/** What is mutated one after the other: every folder there is, or all the files and folders that are named (`checks`, or a path) at once. */
export function partsOf(root, named) {
  if (named.length === 0) return foldersOf(root).map((folder) => partOf([folder]));
  return [partOf(named.map((one) => pathOf(root, one)))];
}

function partOf(places) {
  const mutated = places.map((place) => (place.endsWith('.ts') ? place : `${place}/*.ts`));
  return { name: places.join(', '), mutate: [...mutated, ...nothingToMutate, `!${sources}/index.ts`] };
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
