/** What a soak counts. `failed` and `wronglyAllowed` must stay at nought. */
export interface Counts {
  rotations: number;
  byAdministrator: number;
  byAgent: number;
  keyRotations: number;
  /** Keys that signed a token of this soak. */
  signingKeys: number;
  calls: number;
  failed: number;
  /** Calls served at the second attempt, because the token ended on its way: the agent renewed it as any client does. */
  renewed: number;
  tokens: number;
  /** Uses of retired, revoked and tainted credentials and of their tokens, each of which was refused. */
  refused: number;
  wronglyAllowed: number;
}

const mostKept = 20;

export class Tally {
  readonly counts: Counts = {
    rotations: 0,
    byAdministrator: 0,
    byAgent: 0,
    keyRotations: 0,
    signingKeys: 0,
    calls: 0,
    failed: 0,
    renewed: 0,
    tokens: 0,
    refused: 0,
    wronglyAllowed: 0,
  };
  readonly problems: string[] = [];
  readonly #keys = new Set<string>();

  constructor(private readonly say: (line: string) => void) {}

  add(what: keyof Counts): void {
    this.counts[what] += 1;
  }

  /** A token that was given, and the key that signed it. */
  token(kid: string): void {
    this.add('tokens');
    this.#keys.add(kid);
    this.counts.signingKeys = this.#keys.size;
  }

  problem(what: 'failed' | 'wronglyAllowed', why: string): void {
    this.add(what);
    const line = `${new Date().toISOString()} ${what}: ${why}`;
    this.say(line);
    if (this.problems.length < mostKept) this.problems.push(line);
  }

  /** Something dead was used: refused it must be. */
  dead(isAllowed: boolean, what: string): void {
    if (isAllowed) this.problem('wronglyAllowed', what);
    else this.add('refused');
  }
}
