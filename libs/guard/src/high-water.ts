import { generationSchema, revisionSchema } from '@portcullis/contracts';
import { z } from 'zod';
import type { StateFolder } from './state-folder.js';

const fileName = 'high-water.json';
const highWaterSchema = z.object({ generation: generationSchema, revision: revisionSchema });
export type HighWater = z.infer<typeof highWaterSchema>;

/** The furthest this guard has ever been, kept on disk: it never goes back below it, whoever asks (protocol D3, B3). */
export class HighWaterMark {
  readonly #folder: StateFolder;
  #mark: HighWater | undefined;
  #writing: Promise<void> | undefined;
  #isDirty = false;

  constructor(folder: StateFolder) {
    this.#folder = folder;
    this.#mark = folder.readJson(fileName, highWaterSchema);
  }

  /** Removes the mark: the guard begins anew at another control plane. */
  static forget(folder: StateFolder): void {
    folder.remove(fileName);
  }

  get current(): HighWater | undefined {
    return this.#mark;
  }

  /** Raises the mark. It is written behind the swap: a crash in between only means that one interval is taken again. */
  raise(mark: HighWater): void {
    this.#mark = mark;
    this.#isDirty = true;
    this.#writing ??= this.#writeOut().finally(() => (this.#writing = undefined));
  }

  /** Resolves when what was raised is on disk, or cannot be written. */
  async written(): Promise<void> {
    await this.#writing;
  }

  async #writeOut(): Promise<void> {
    while (this.#isDirty) {
      this.#isDirty = false;
      await this.#folder.writeLater(fileName, JSON.stringify(this.#mark)).catch(() => undefined);
    }
  }
}
