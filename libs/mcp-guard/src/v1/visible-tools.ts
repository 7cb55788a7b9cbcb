import type { Guard, VerifiedCaller } from '@portcullis/guard';

/** What one session's caller could see when it last looked, so that only a session whose own list changed is told. */
export class VisibleTools {
  #catalogue: readonly string[] | undefined;
  #seen = '';

  constructor(private readonly guard: Pick<Guard, 'lists'>) {}

  /** Takes the server's whole catalogue and says whether this caller's view of it is another one now. */
  learn(catalogue: readonly string[], caller: VerifiedCaller): boolean {
    const isFirst = this.#catalogue === undefined;
    this.#catalogue = catalogue;
    return this.hasChanged(caller) && !isFirst;
  }

  /** Whether the caller may use anything now: who may not, stopped or cut off, hears nothing unasked. */
  isAnyLeft(caller: VerifiedCaller): boolean {
    return this.#catalogue === undefined || this.#catalogue.some((tool) => this.guard.lists(caller, tool));
  }

  /** Compares with the last look, and remembers this one. */
  hasChanged(caller: VerifiedCaller): boolean {
    if (this.#catalogue === undefined) return false;
    const visible = this.#catalogue.filter((tool) => this.guard.lists(caller, tool)).join('\n');
    const hasChanged = visible !== this.#seen;
    this.#seen = visible;
    return hasChanged;
  }
}
