// Directories of the invented world. The real server reads each value by its form; here an @ is enough.
import { refusal } from './fixture-refusal.mjs';

const day = 86_400_000;
const mostEntries = 5_000;

export function makeDirectories(now, count, entries) {
  const made = (id, given) => ({
    ...{ id, environment: 'prod', name: id, holds: 'email', createdBy: 'ana@example.com', createdAt: now - 9 * day },
    ...{ retiredAt: null, entries: [] },
    ...given,
  });
  const known = [
    made('friends', {
      name: 'Friends of the house',
      entries: Array.from({ length: entries }, (_, n) => entryOf(n === 0 ? 'Ada@EXAMPLE.com' : nthAddress(n), now)),
    }),
    made('payees', { name: 'Payees \u202eevil', holds: 'account' }),
    made('old', { name: 'Last year', retiredAt: now - day }),
  ];
  return [...known, ...Array.from({ length: Math.max(0, count - 3) }, (_, n) => made(`list-${n}`, {}))];
}

const nthAddress = (n) => `user-${String(n).padStart(5, '0')}@example.com`;

function entryOf(value, at = Date.now()) {
  return { value, canonical: value.toLowerCase(), addedBy: 'ana@example.com', addedAt: at };
}

function naming({ grants }, id) {
  const live = grants.filter(({ revokedAt }) => revokedAt === null);
  return live.filter(({ constraints }) => constraints.some(({ directories = [] }) => directories.includes(id)));
}

function shown(world, directory) {
  return { ...directory, size: directory.entries.length, grants: naming(world, directory.id).length };
}

export function makeDirectoryQueries(world) {
  const find = (id) => world.directories.find((one) => one.id === id);
  return {
    directories: () => world.directories.map((one) => shown(world, one)),
    directory: ({ id }) => (find(id) ? shown(world, find(id)) : null),
    directoryEntries: ({ directory, after, first }) =>
      (find(directory)?.entries ?? [])
        .toSorted((a, b) => (a.canonical < b.canonical ? -1 : 1))
        .filter(({ canonical }) => canonical > (after ?? ''))
        .slice(0, first),
    grantsNaming: ({ directory }) => naming(world, directory).slice(0, 100),
  };
}

export function makeDirectoryMutations({ world }, { change }) {
  const live = (id) => {
    const found = world.directories.find((one) => one.id === id);
    if (!found) throw refusal('not_found', `there is no directory ${id}`);
    return found;
  };
  const done = (directory) => ({ directory: shown(world, directory), revision: change() });
  return {
    createDirectory: ({ input }) => {
      if (world.directories.some(({ id }) => id === input.id))
        throw refusal('already_exists', `there is already a directory ${input.id}`, { directory: input.id });
      const made = { ...input, createdBy: 'ana@example.com', createdAt: Date.now(), retiredAt: null, entries: [] };
      world.directories.push(made);
      return done(made);
    },
    addDirectoryEntries: ({ input: { directory: id, values } }) => {
      const directory = live(id);
      refuseTaken(values);
      const has = new Set(directory.entries.map(({ canonical }) => canonical));
      const added = values.map((value) => entryOf(value)).filter(({ canonical }) => !has.has(canonical));
      if (directory.entries.length + added.length > mostEntries)
        throw refusal('conflict', `a directory holds at most ${mostEntries} entries; use a second one`);
      directory.entries.push(...added);
      return done(directory);
    },
    removeDirectoryEntries: ({ input: { directory: id, values } }) => {
      const directory = live(id);
      const gone = new Set(values.map((value) => value.toLowerCase()));
      directory.entries = directory.entries.filter(({ canonical }) => !gone.has(canonical));
      return done(directory);
    },
    retireDirectory: ({ id }) => {
      const directory = live(id);
      refuseNamed(world, id);
      directory.retiredAt = Date.now();
      return done(directory);
    },
  };
}

/** A value that only the server knows to be bad. */
function refuseTaken(values) {
  const fields = values.flatMap((value, at) =>
    value.startsWith('refused@') ? [{ path: `values.${at}`, message: 'write a plain e-mail address' }] : [],
  );
  if (fields.length > 0) throw refusal('input_invalid', `${fields[0].path}: ${fields[0].message}`, { fields });
}

function refuseNamed(world, directory) {
  const grants = naming(world, directory).map(({ id }) => id);
  if (grants.length === 0) return;
  const said = `${grants[0]} and perhaps others name directory ${directory}; revoke them first`;
  throw refusal('conflict', said, { directory, grants });
}
