import { closeSync, openSync, readSync } from 'node:fs';
import { FilesRefused } from './file-problem.js';

/** No policy a person reviews is longer. */
const largestFile = 1_000_000;

/** UTF-8, without a mark at its beginning. Read up to the limit and not further, whatever the file says it is. */
export function readText(path: string, file: string): string {
  const bytes = Buffer.alloc(largestFile + 1);
  const opened = openSync(path, 'r');
  let length = 0;
  try {
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(opened, bytes, length, bytes.length - length, null);
  } finally {
    closeSync(opened);
  }
  if (length > largestFile)
    throw new FilesRefused([{ file, message: `is longer than ${largestFile} bytes; split what it says` }]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
  } catch {
    throw new FilesRefused([{ file, message: 'is not UTF-8 text' }]);
  }
}
