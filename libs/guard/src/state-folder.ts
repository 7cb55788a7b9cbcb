import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { GuardError } from './guard-error.js';

/**
 * The guard's folder: mode 0700, files 0600. Every write goes to a temporary file, is forced to disk and then renamed, so a
 * reader finds the old content or the new, never half of one.
 */
export class StateFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Opens the folder, makes it when absent. Throws `state_folder_unusable`. */
  static open(path: string): StateFolder {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chmodSync(path, 0o700);
      const folder = new StateFolder(path);
      folder.write('.probe', '');
      folder.remove('.probe');
      return folder;
    } catch (cause) {
      throw new GuardError(
        'state_folder_unusable',
        `the state folder ${path} cannot be written; give one this process owns`,
        {
          cause,
        },
      );
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** The text of a file; `undefined` when there is none. */
  read(name: string): string | undefined {
    try {
      return readFileSync(this.file(name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw new GuardError('state_folder_unusable', `${this.file(name)} cannot be read`, { cause: error });
    }
  }

  /** A file's JSON as the schema has it; `undefined` when there is none. Throws `state_folder_unusable` when it is anything else. */
  readJson<T>(name: string, schema: z.ZodType<T>): T | undefined {
    const text = this.read(name);
    if (text === undefined) return undefined;
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      const message = `${this.file(name)} is damaged; remove the folder and enrol again with a new join token`;
      throw new GuardError('state_folder_unusable', message, { cause });
    }
  }

  write(name: string, text: string): void {
    const temporary = `${this.file(name)}.tmp`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.file(name));
  }

  remove(name: string): void {
    rmSync(this.file(name), { force: true });
  }

  /** The same as `write` without blocking the process. Calls for one name must not overlap. */
  async writeLater(name: string, text: string): Promise<void> {
    const temporary = `${this.file(name)}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.file(name));
  }
}
