import { recordingLimits, recordingText, type Recording } from '@portcullis/contracts';
import { keepsDigestOnly, type Call, type State } from '@portcullis/policy';

/** What was asked in the latest calls, until a report has taken it. In memory alone: no call waits for it. */
export class Recordings {
  readonly #held = new Map<string, string>();

  /** Keeps what was asked, unless a grant that names the tool wants nothing but hashes to be kept, or it is too long. */
  add(decision: string, state: State, call: Call): void {
    if (keepsDigestOnly(state, call)) return;
    const { user, conversation } = call.claims;
    const { definition, signals } = call;
    const text = recordingText({ arguments: call.arguments, user, conversation, definition, signals });
    if (text.length > recordingLimits.text) return;
    this.#held.set(decision, text);
    const [oldest] = this.#held.keys();
    if (this.#held.size > recordingLimits.held && oldest !== undefined) this.#held.delete(oldest);
  }

  /** For the next report, the oldest first. */
  next(): readonly Recording[] {
    const recordings: Recording[] = [];
    let left: number = recordingLimits.textPerReport;
    for (const [decision, call] of this.#held) {
      left -= call.length;
      if (left < 0 || recordings.length === recordingLimits.perReport) break;
      recordings.push({ decision, call });
    }
    return recordings;
  }

  /** The control plane has these. */
  taken(recordings: readonly Recording[]): void {
    for (const { decision } of recordings) this.#held.delete(decision);
  }
}
