import { closeSync, fdatasync, fsyncSync, openSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { GuardError } from '../guard-error.js';
import { SharedForce } from '../joined-force.js';
import type { StateFolder } from '../state-folder.js';
import type { KeptCount } from './count.js';

const fileName = 'quotas.jsonl';
const rewriteFrom = 1024 * 1024;
const keptSchema = z.object({
  bucket: z.string(),
  from: z.int(),
  until: z.int(),
  spent: z.int().min(0),
  handed: z.int().min(0),
  returned: z.int().min(0),
});

/**
 * The counts on disk: a line says all of one count, and the last line of a count holds. The file is made with the first line,
 * so that a guard without quotas has none.
 */
export class CountFile {
  readonly #folder: StateFolder;
  readonly #all: () => readonly KeptCount[];
  readonly #force = new SharedForce(() => this.#write());
  #lines: string[] = [];
  #descriptor: number | undefined;
  #end = 0;

  /** `all` are the counts that still matter, for when the file has grown long and begins anew with them. */
  constructor(folder: StateFolder, all: () => readonly KeptCount[]) {
    this.#folder = folder;
    this.#all = all;
  }

  /** Removes the counts: the guard begins anew at another control plane. */
  static forget(folder: StateFolder): void {
    folder.remove(fileName);
  }

  /** What the boots before counted. Lines at the end that were cut by a crash were never relied on. Throws `state_folder_unusable`. */
  static read(folder: StateFolder): readonly KeptCount[] {
    const lines = (folder.read(fileName) ?? '').split('\n').slice(0, -1).map(countOf);
    const counts = lines.slice(0, lines.findLastIndex((count) => count !== undefined) + 1);
    const kept = new Map<string, KeptCount>();
    for (const count of counts) {
      if (!count) throw damaged(folder);
      kept.set(JSON.stringify([count.bucket, count.from]), count);
    }
    return [...kept.values()];
  }

  /** Writes a count down; it is on disk once `durable` resolves. */
  append(count: KeptCount): void {
    this.#lines.push(JSON.stringify(count));
  }

  /** Resolves when everything appended so far is forced to disk. Rejects when the disk fails. */
  durable(): Promise<void> {
    return this.#force.done();
  }

  async close(): Promise<void> {
    if (this.#lines.length > 0) await this.durable().catch(() => undefined);
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  async #write(): Promise<void> {
    if (this.#descriptor === undefined || this.#end > rewriteFrom) return this.#rewrite();
    const bytes = Buffer.from(this.#lines.map((line) => `${line}\n`).join(''), 'utf8');
    let written = 0;
    while (written < bytes.length)
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.#end + written);
    this.#end += bytes.length;
    this.#lines = [];
    await forced(this.#descriptor);
  }

  /** The counts as they are now hold everything that was appended. */
  async #rewrite(): Promise<void> {
    const text = this.#all()
      .map((count) => `${JSON.stringify(count)}\n`)
      .join('');
    const waiting = this.#lines;
    this.#lines = [];
    try {
      await this.#folder.writeLater(fileName, text);
      syncFolder(this.#folder.path);
      if (this.#descriptor !== undefined) closeSync(this.#descriptor);
      this.#descriptor = openSync(this.#folder.file(fileName), 'r+', 0o600);
      this.#end = Buffer.byteLength(text);
    } catch (error) {
      this.#lines = [...waiting, ...this.#lines];
      throw error;
    }
  }
}

function countOf(line: string): KeptCount | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function damaged(folder: StateFolder): GuardError {
  const message = `${folder.file(fileName)} is damaged; remove the folder and enrol again with a new join token`;
  return new GuardError('state_folder_unusable', message);
}

/** A file that was renamed into its place is found there after a power cut only once the folder is on disk, too. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function forced(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(descriptor, (error) => (error ? reject(error) : resolve()));
  });
}
