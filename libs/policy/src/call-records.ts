import type { Records } from './constraints/constraint-check.js';
import type { Conversation, State } from './state.js';

/** What a constraint may read: of the conversations that of the call alone. One object, as it is read at every call that asks. */
export class CallRecords implements Records {
  readonly conversations = this;
  readonly directories: State['directories'];
  readonly tools: State['tools'];
  readonly #id: string | undefined;
  readonly #conversation: Conversation | undefined;

  constructor({ directories, tools }: State, id: string | undefined, conversation: Conversation | undefined) {
    this.directories = directories;
    this.tools = tools;
    this.#id = id;
    this.#conversation = conversation;
  }

  get(id: string): Conversation | undefined {
    return id === this.#id ? this.#conversation : undefined;
  }
}
