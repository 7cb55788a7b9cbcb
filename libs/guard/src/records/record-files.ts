import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fullRecordSchema, type FullRecord } from '@portcullis/contracts';
import { GuardError } from '../guard-error.js';
import type { StateFolder } from '../state-folder.js';

const folderName = 'records';
const ending = '.json';

/** The sides of calls that wait for the control plane: a file each, mode 0600, whole or not there. */
export class RecordFiles {
  readonly #path: string;

  /** Throws `state_folder_unusable`. */
  constructor(folder: StateFolder) {
    this.#path = folder.file(folderName);
    try {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new GuardError('state_folder_unusable', `${this.#path} cannot be made`, { cause });
    }
  }

  /** Removes what was kept for another control plane: this one must not have it. */
  static forget(folder: StateFolder): void {
    rmSync(folder.file(folderName), { recursive: true, force: true });
  }

  /** What earlier boots left, oldest first, with their sizes. What was not finished is removed. */
  leftovers(): readonly (readonly [name: string, bytes: number])[] {
    const names = readdirSync(this.#path);
    for (const name of names) if (!name.endsWith(ending)) this.remove(name);
    return names
      .filter((name) => name.endsWith(ending))
      .map((name) => ({ name, ...statSync(join(this.#path, name)) }))
      .toSorted((a, b) => a.mtimeMs - b.mtimeMs)
      .map(({ name, size }) => [name, size] as const);
  }

  /** Writes it and forces it to disk. */
  async force(name: string, text: string): Promise<void> {
    const file = await open(this.#unfinished(name), 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    renameSync(this.#unfinished(name), join(this.#path, name));
    await this.#forceNames();
  }

  /** Writes it where the end of this process cannot take it away, without waiting for the disk. */
  write(name: string, text: string): void {
    writeFileSync(this.#unfinished(name), text, { mode: 0o600 });
    renameSync(this.#unfinished(name), join(this.#path, name));
  }

  /** `undefined`: it is not there, or damaged. */
  read(name: string): FullRecord | undefined {
    try {
      return fullRecordSchema.parse(JSON.parse(readFileSync(join(this.#path, name), 'utf8')));
    } catch {
      return undefined;
    }
  }

  remove(name: string): void {
    rmSync(join(this.#path, name), { force: true });
  }

  #unfinished(name: string): string {
    return join(this.#path, `${name}.tmp`);
  }

  async #forceNames(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.#path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

/** The name of a side's file. */
export function fileNameOf({ decision, side }: Pick<FullRecord, 'decision' | 'side'>): string {
  return `${decision}.${side}${ending}`;
}
