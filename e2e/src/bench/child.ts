import { fork, type ChildProcess } from 'node:child_process';

export interface Message {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A bench process spoken to over IPC. A `failed` message or an exit rejects whoever waits. */
export class Child {
  readonly #process: ChildProcess;
  readonly #queue: Message[] = [];
  #wake: (() => void) | undefined;
  #ended: string | undefined;

  constructor(file: URL, env: NodeJS.ProcessEnv = process.env, args: readonly string[] = []) {
    this.#process = fork(file, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', (message: Message) => {
      this.#queue.push(message);
      this.#wake?.();
    });
    this.#process.on('exit', (code, signal) => {
      this.#ended = `${[file.pathname, ...args].join(' ')} exited with ${code ?? signal}`;
      this.#wake?.();
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  send(message: Message): void {
    this.#process.send(message);
  }

  /** The next message of that type; others stay in the queue. */
  async next(type: string): Promise<Message> {
    for (;;) {
      const failed = this.#queue.find((message) => message.type === 'failed');
      if (failed) throw new Error(String(failed['why']));
      const at = this.#queue.findIndex((message) => message.type === type);
      if (at >= 0) return this.#queue.splice(at, 1)[0] ?? { type };
      if (this.#ended) throw new Error(this.#ended);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async ask(message: Message, answer = 'ok'): Promise<Message> {
    this.send(message);
    return this.next(answer);
  }

  stop(): void {
    if (this.#process.connected) this.#process.disconnect();
  }
}
