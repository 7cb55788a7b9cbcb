import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import { problemOf } from '../parts/problem.js';
import { addEntriesMutation, removeEntriesMutation } from './directories.graphql.js';
import { entryLines, type BadLine, type Entry } from './entry-lines.js';

export type EntriesAct = 'add' | 'remove';

/** What one request may carry; a longer text is sent as several, each of which is a revision. */
const mostAtOnce = 500;
export const mostEntries = 5_000;

interface Sent {
  readonly count: number;
  readonly revision: number | null;
  readonly isWhole: boolean;
}

const nothingSent: Sent = { count: 0, revision: null, isWhole: false };

/** A pasted text on its way into a directory, or out of it: what is wrong with it by line, and how far it has got. */
export function useEditEntries({ id, holds }: Directory, act: EntriesAct) {
  const [add] = useMutation(addEntriesMutation);
  const [remove] = useMutation(removeEntriesMutation);
  const [bad, setBad] = useState<readonly BadLine[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState<Sent>(nothingSent);
  const [isWorking, setWorking] = useState(false);
  const once = async (values: readonly string[]) => {
    const input = { directory: id, values: [...values] };
    if (act === 'add') return (await add({ variables: { input } })).data?.addDirectoryEntries.revision;
    return (await remove({ variables: { input } })).data?.removeDirectoryEntries.revision;
  };
  const sendAll = async (entries: readonly Entry[]) => {
    for (let from = 0; from < entries.length; from += mostAtOnce) {
      const part = entries.slice(from, from + mostAtOnce);
      try {
        const revision = (await once(part.map(({ value }) => value))) ?? null;
        const count = from + part.length;
        setSent({ count, revision, isWhole: count === entries.length });
      } catch (cause) {
        setError(cause);
        setBad(badIn(cause, part));
        return;
      }
    }
  };
  /** Whether anything was sent. */
  const send = async (text: string) => {
    const lines = entryLines(holds, text);
    setError(null);
    setSent(nothingSent);
    const wrong = lines.bad.length > 0 ? lines.bad : wrongAsAWhole(lines.entries);
    setBad(wrong);
    if (wrong.length > 0) return false;
    setWorking(true);
    await sendAll(lines.entries);
    setWorking(false);
    return true;
  };
  return { bad, error, sent, isWorking, send };
}

function wrongAsAWhole(entries: readonly Entry[]): readonly BadLine[] {
  if (entries.length === 0) return [{ line: 1, value: '', message: 'write an entry' }];
  const over = entries[mostEntries];
  if (over === undefined) return [];
  return [
    { ...over, message: `from here on they are more than ${mostEntries.toLocaleString()}; use a second directory` },
  ];
}

/** The server counts the values of one request; a person counts lines. */
function badIn(cause: unknown, part: readonly Entry[]): readonly BadLine[] {
  return problemOf(cause).fields.flatMap(({ path, message }) => {
    const entry = part[Number(/^values\.(\d+)$/.exec(path)?.[1] ?? Number.NaN)];
    return entry ? [{ ...entry, message }] : [];
  });
}
