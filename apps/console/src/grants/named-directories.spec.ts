import { expect, it } from 'vitest';
import { directoriesIn } from './named-directories.js';

it('directories that a grant names are found however deep they stand, each once', () => {
  const named = (...directories: string[]) => ({ kind: 'provenance', path: 'to', as: 'email', directories });
  const approval = { kind: 'approval', group: 'g', unless: [{ kind: 'items', each: [named('deep', 'friends')] }] };
  expect(directoriesIn([named('friends'), { kind: 'max', path: 'directories', value: 1 }, approval])).toEqual([
    'friends',
    'deep',
  ]);
  expect(directoriesIn([{ kind: 'provenance', path: 'to', as: 'email', request: true }, null])).toEqual([]);
});
