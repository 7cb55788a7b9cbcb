import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StartRefusal } from '../platform/start-refusal.js';

const keyBytes = 32;

/** The key-encryption key: 32 bytes in a file only its owner reads. */
export function readKek(file: string): Buffer {
  let kek: Buffer;
  try {
    kek = readFileSync(file);
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new StartRefusal(
        'config_invalid',
        `${file} can be read by others`,
        `run chmod 600 ${file}`,
        'configuration',
      );
  } catch (cause) {
    if (cause instanceof StartRefusal) throw cause;
    throw new StartRefusal(
      'config_invalid',
      `the key-encryption key ${file} cannot be read`,
      'restore the file or set PORTCULLIS_KEK_FILE',
      'configuration',
      { cause },
    );
  }
  if (kek.length !== keyBytes)
    throw new StartRefusal(
      'config_invalid',
      `${file} does not hold ${keyBytes} bytes`,
      'restore the file or set PORTCULLIS_KEK_FILE',
      'configuration',
    );
  return kek;
}

/** Makes the file when it is missing. Two processes that start together get the same key: the link is made once. */
export function makeKek(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  writeSync(handle, randomBytes(keyBytes));
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readKek(file);
}
