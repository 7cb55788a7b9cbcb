import { execFile, fork, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from './installation.js';
import { severable, type Severable } from './severable.js';

const program = fileURLToPath(new URL('../../dist/stack/till-server.js', import.meta.url));

let built: Promise<unknown> | undefined;

/** The server runs as a process of its own, so it is compiled first: a test run builds what ships, and this does not ship. */
function build(): Promise<unknown> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  built ??= promisify(execFile)(process.execPath, [tsc, '-b', 'e2e'], { cwd: root });
  return built;
}

/** One process of the till server, with a guard of its own and a cable of its own to the control plane. */
export class Till {
  #process: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    readonly cable: Severable,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async start(options: { guards: string; folder: string; port: number; joinToken: string }): Promise<Till> {
    await build();
    const cable = await severable(options.guards);
    const state = await mkdtemp(join(options.folder, 'till-'));
    const till = new Till(`http://127.0.0.1:${options.port}/mcp`, cable, {
      ...process.env,
      TILL_GUARD_URL: cable.url,
      TILL_STATE: state,
      TILL_JOIN_TOKEN: options.joinToken,
      TILL_PORT: String(options.port),
    });
    await till.#run();
    return till;
  }

  /** Ends the process as a crash does, and starts it again on the same state. */
  async crash(): Promise<void> {
    await this.#end();
    await this.#run();
  }

  async close(): Promise<void> {
    await this.#end();
    await this.cable.close();
  }

  async #run(): Promise<void> {
    const child = fork(program, [], { env: this.env, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the till ended with ${code}`)));
    });
  }

  async #end(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
}
