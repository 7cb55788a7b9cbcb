import { closeSync, fdatasync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** An append-only file of lines. Writes go to known positions, so that a write that failed half-way is written over by the next. */
export class SpoolFile {
  readonly #descriptor: number;
  #end = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'w', 0o600);
  }

  get bytes(): number {
    return this.#end;
  }

  /** Writes whole lines at the end. Throws when the disk does not take all of them; nothing counts as written then. */
  append(lines: readonly string[]): void {
    const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.#end + written);
    }
    this.#end += bytes.length;
  }

  /** Forces what was appended to disk. */
  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#descriptor, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Forgets everything: all of it is durable elsewhere. */
  clear(): void {
    ftruncateSync(this.#descriptor, 0);
    this.#end = 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
