import type { AnnouncedTool } from './catalogue.js';

export interface CatalogueParts {
  readonly read: () => Promise<readonly AnnouncedTool[] | undefined>;
  readonly onRead: (tools: readonly AnnouncedTool[]) => void;
  readonly onError: (error: Error) => void;
  /** Default: 5 s. */
  readonly waitMs?: number;
}

const longestWaitMs = 5000;

/**
 * What one session's own server says of its tools. It is read before the first call is decided, and again when the server says
 * that it changed; a call waits for a reading under way, for 5 s at most. What is not known by then is known to nobody.
 */
export class SessionCatalogue {
  #known: ReadonlyMap<string, string | undefined> | undefined;
  #reading: Promise<void> | undefined;
  #isLate = false;

  constructor(private readonly parts: CatalogueParts) {}

  /** The hash of what the server says of the tool; `undefined` when it says nothing, or two things. */
  async definitionOf(tool: string): Promise<string | undefined> {
    if (this.#known === undefined && this.#reading === undefined) this.refresh();
    while (this.#reading !== undefined && !this.#isLate) await this.#within(this.#reading);
    return this.#known?.get(tool);
  }

  /** Reads it anew; what was known counts no more. */
  refresh(): void {
    const reading = this.parts
      .read()
      .then((tools) => {
        if (this.#reading !== reading) return;
        this.#known = hashesOf(tools ?? []);
        if (tools !== undefined) this.parts.onRead(tools);
      })
      .finally(() => {
        if (this.#reading === reading) this.#reading = undefined;
        this.#isLate = false;
      });
    this.#known = undefined;
    this.#isLate = false;
    this.#reading = reading;
    reading.catch(this.parts.onError);
  }

  /** A page of the list as the server has just given it. When it is not what was read before, all of it is read anew. */
  compare(page: readonly AnnouncedTool[]): void {
    const known = this.#known;
    if (known === undefined) return;
    const isOther = page.some(({ name, definition }) => {
      const before = known.get(name);
      return !known.has(name) || (before !== undefined && before !== definition);
    });
    if (isOther) this.refresh();
  }

  async #within(reading: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#isLate = this.#reading === reading;
        resolve();
      }, this.parts.waitMs ?? longestWaitMs);
    });
    await Promise.race([reading.catch(() => undefined), late]);
    clearTimeout(timer);
  }
}

function hashesOf(tools: readonly AnnouncedTool[]): ReadonlyMap<string, string | undefined> {
  const known = new Map<string, string | undefined>();
  for (const { name, definition } of tools)
    known.set(name, known.has(name) && known.get(name) !== definition ? undefined : definition);
  return known;
}
