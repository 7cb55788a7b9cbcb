import type { Guard, VerifiedCaller } from '@portcullis/guard';
import type { AnnouncedTool } from './catalogue.js';

/** What one session's caller could see when it last looked, definitions and filters included, so that only a session whose own list changed is told. */
export class VisibleTools {
  #catalogue: readonly AnnouncedTool[] | undefined;
  #seen = '';

  constructor(private readonly guard: Pick<Guard, 'lists' | 'filters'>) {}

  /** Takes the server's whole catalogue and says whether this caller's view of it is another one now. */
  learn(catalogue: readonly AnnouncedTool[], caller: VerifiedCaller): boolean {
    const isFirst = this.#catalogue === undefined;
    this.#catalogue = catalogue;
    return this.hasChanged(caller) && !isFirst;
  }

  /** Whether the caller may use anything now: who may not, stopped or cut off, hears nothing unasked. */
  isAnyLeft(caller: VerifiedCaller): boolean {
    return this.#catalogue === undefined || this.#catalogue.some((tool) => this.#isListed(caller, tool));
  }

  /** Compares with the last look, and remembers this one. */
  hasChanged(caller: VerifiedCaller): boolean {
    if (this.#catalogue === undefined) return false;
    const listed = this.#catalogue.filter((tool) => this.#isListed(caller, tool));
    const visible = listed.map((tool) => this.#asSeen(caller, tool)).join('\n');
    const hasChanged = visible !== this.#seen;
    this.#seen = visible;
    return hasChanged;
  }

  #asSeen(caller: VerifiedCaller, { name, definition }: AnnouncedTool): string {
    return `${name} ${definition} ${this.guard.filters(caller, name, definition)}`;
  }

  #isListed(caller: VerifiedCaller, { name, definition }: AnnouncedTool): boolean {
    return this.guard.lists(caller, name, definition);
  }
}
