import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { domains, generationSchema, revisionSchema, signedTextSchema, type Generation } from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import { z } from 'zod';
import type { FeedSigner } from '../keys/feed-signer.js';
import type { Log } from '../platform/log.js';
import { StartRefusal } from '../platform/start-refusal.js';

const markSchema = z.object({ generation: generationSchema, revision: revisionSchema });
type Mark = z.infer<typeof markSchema>;

/** The highest head this replica has served, signed and kept outside the database (P-B3). */
export class HeadMark {
  #mark: Mark | undefined;
  #writing: Promise<void> | undefined;
  #isStale = false;

  constructor(
    private readonly file: string,
    private readonly signer: FeedSigner,
    private readonly log: Log,
  ) {
    this.#mark = readMark(file, signer.publicKey);
  }

  /** Refuses a change log that is behind what was served: a database put back without a new generation. */
  check(generation: Generation, head: number): void {
    const mark = this.#mark;
    if (mark === undefined || generation.number > mark.generation.number) return;
    const isSame = generation.number === mark.generation.number && generation.id === mark.generation.id;
    if (isSame && head >= mark.revision) return;
    throw new StartRefusal(
      'change_log_behind',
      `the change log stands at revision ${head} of generation ${generation.number}, but revision ${mark.revision} of generation ${mark.generation.number} was served`,
      'open a new generation with portcullis restore',
      'database',
    );
  }

  raise(generation: Generation, head: number): void {
    const mark = this.#mark;
    if (mark?.generation.id === generation.id && head <= mark.revision) return;
    this.#mark = markSchema.parse({ generation, revision: head });
    this.#isStale = true;
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const text = JSON.stringify(this.signer.sign(domains.head, JSON.stringify(this.#mark)));
      try {
        await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
        await writeFile(`${this.file}.next`, text, { mode: 0o600 });
        await rename(`${this.file}.next`, this.file);
      } catch (error) {
        this.log.error({ err: error }, 'the served head could not be kept');
      }
    }
  }
}

function readMark(file: string, key: KeyObject): Mark | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const signed = signedTextSchema.parse(JSON.parse(text));
    if (isSignedBy(domains.head, signed, key)) return markSchema.parse(JSON.parse(signed.payload));
  } catch {
    // Told below: what cannot be read is treated like what is not signed.
  }
  throw new StartRefusal(
    'change_log_behind',
    `${file} is not signed by this installation's feed key`,
    'find out who changed it; remove it only if the data folder belongs to another database',
    'database',
  );
}
