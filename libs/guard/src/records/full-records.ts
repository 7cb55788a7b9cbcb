import { fullRecordLimits, type FullRecord } from '@portcullis/contracts';
import { sha256 } from '../recorder.js';
import type { StateFolder } from '../state-folder.js';
import { CallRecord } from './call-record.js';
import { fileNameOf, RecordFiles } from './record-files.js';

/** Bytes of a side's file beside its text, at most. */
const around = 512;
/** Room for both sides of a call. */
const promised = 2 * (Math.ceil(fullRecordLimits.side / 3) * 4 + around);

/** Why a call that has to be recorded whole cannot be: in words, for administrators. */
export interface NoRecord {
  readonly why: string;
}

/** What grants with `audit: full` want kept: on disk from before the call runs until the control plane has it. */
export class FullRecords {
  readonly #files: RecordFiles;
  readonly #most: number;
  /** By file, oldest first: its size. */
  readonly #waiting = new Map<string, number>();
  /** Bytes that wait or are promised to calls that run. */
  #bytes = 0;

  /** Takes over what earlier boots left. Throws `state_folder_unusable`. */
  constructor(folder: StateFolder, most: number = fullRecordLimits.held) {
    this.#files = new RecordFiles(folder);
    this.#most = most;
    for (const [name, size] of this.#files.leftovers()) this.#add(name, size);
  }

  /** Sides that the control plane does not have yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Room for a call, both sides of it, or why there is none. Nothing is written yet. */
  begin(decision: string, args: unknown): CallRecord | NoRecord {
    const asked = sideOf(decision, 'arguments', JSON.stringify(args ?? null));
    if (asked.text === null)
      return {
        why: `its arguments have ${asked.bytes} bytes, and a full record holds at most ${fullRecordLimits.side}`,
      };
    if (this.#bytes + promised > this.#most)
      return {
        why: 'the full records of earlier calls have not reached the control plane, and there is no room for more',
      };
    this.#bytes += promised;
    return new CallRecord(asked, {
      force: (side) => this.#files.force(fileNameOf(side), JSON.stringify(side)),
      write: (side) => this.#files.write(fileNameOf(side), JSON.stringify(side)),
      isWritten: (side) => this.#add(fileNameOf(side), spaceOf(side)),
      end: () => (this.#bytes -= promised),
    });
  }

  /** For the next report, the oldest first. One that is damaged is forgotten. */
  next(): readonly FullRecord[] {
    const records: FullRecord[] = [];
    let left: number = fullRecordLimits.perReport;
    for (const name of [...this.#waiting.keys()].slice(0, fullRecordLimits.sides)) {
      const record = this.#files.read(name);
      if (!record) {
        this.#remove(name);
        continue;
      }
      left -= record.text === null ? 0 : record.bytes;
      if (left < 0) break;
      records.push(record);
    }
    return records;
  }

  /** The control plane has these. */
  taken(records: readonly FullRecord[]): void {
    for (const record of records) this.#remove(fileNameOf(record));
  }

  #add(name: string, bytes: number): void {
    this.#waiting.set(name, bytes);
    this.#bytes += bytes;
  }

  #remove(name: string): void {
    this.#bytes -= this.#waiting.get(name) ?? 0;
    this.#waiting.delete(name);
    this.#files.remove(name);
  }
}

/** One side as it is kept; of one that is too large only its size and hash. */
export function sideOf(decision: string, side: FullRecord['side'], json: string): FullRecord {
  const bytes = Buffer.byteLength(json);
  const text = bytes > fullRecordLimits.side ? null : Buffer.from(json).toString('base64');
  return { decision, side, bytes, hash: sha256(json), text };
}

function spaceOf({ text }: FullRecord): number {
  return (text?.length ?? 0) + around;
}
