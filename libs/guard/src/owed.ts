import { compileFulfilment, type Fulfilled, type Fulfilment, type Labels } from '@portcullis/boundary';
import type { ItemConstraint, Obligation } from '@portcullis/contracts';
import { compileItemCheck, type Call, type Engines, type ItemCheck, type State } from '@portcullis/policy';

/** What has to be done with the answers of calls that one grant allows, compiled. */
export class Owed {
  readonly #fulfilment: Fulfilment;
  readonly #checks: ReadonlyMap<readonly ItemConstraint[], ItemCheck>;

  private constructor(fulfilment: Fulfilment, checks: ReadonlyMap<readonly ItemConstraint[], ItemCheck>) {
    this.#fulfilment = fulfilment;
    this.#checks = checks;
  }

  /** `undefined`: something of it is not understood here, so the call must not run (protocol D7). */
  static of(obligations: readonly Obligation[], engines: Engines): Owed | undefined {
    const fulfilment = compileFulfilment(obligations);
    if (!fulfilment) return undefined;
    const checks = new Map<readonly ItemConstraint[], ItemCheck>();
    for (const one of obligations) {
      if (one.kind !== 'items') continue;
      const check = compileItemCheck(one.where, engines);
      if (!check) return undefined;
      checks.set(one.where, check);
    }
    return new Owed(fulfilment, checks);
  }

  /** Whether something is taken out of the answers. */
  get isFiltering(): boolean {
    return this.#fulfilment.isFiltering;
  }

  /** What the answers are labelled. */
  get labels(): Labels | undefined {
    return this.#fulfilment.labels;
  }

  /** What of the answer may leave, for the caller of this call as the state knows it. Never throws. */
  fulfil(answer: unknown, call: Call, state: State): Fulfilled {
    const keeps = (limits: readonly ItemConstraint[], item: unknown): boolean =>
      this.#checks.get(limits)?.(item, call, state) === true;
    return this.#fulfilment.fulfil(answer, { keeps });
  }
}

/** Keeps what was compiled for as long as the grant's obligations live. */
export class OwedByGrant {
  readonly #known = new WeakMap<readonly Obligation[], Owed>();

  constructor(private readonly engines: Engines) {}

  of(obligations: readonly Obligation[]): Owed | undefined {
    const known = this.#known.get(obligations);
    if (known) return known;
    const owed = Owed.of(obligations, this.engines);
    if (owed) this.#known.set(obligations, owed);
    return owed;
  }
}
