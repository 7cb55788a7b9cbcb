import { existsSync } from 'node:fs';
import { ChildEnded } from './child.mjs';
import { takeDataFolder, writeRunFile } from './data-folder.mjs';
import { openDatabase } from './database.mjs';
import { revisionWhenReady } from './health.mjs';
import { assertPortsFree } from './ports.mjs';
import { StartProblem, ToldProblem, exits, report } from './problem.mjs';
import { runScript } from './run-script.mjs';
import { say } from './say.mjs';
import { supervise } from './supervised.mjs';

/**
 * @typedef {Record<'migrate' | 'api' | 'link' | 'lane' | 'seedDemo' | 'demo', string>} Scripts
 * @typedef {import('./config.mjs').Config} Config
 * @typedef {import('./supervised.mjs').Supervised} Supervised
 */

/**
 * Starts everything in order, tells when it is ready, and stops it in the reverse order on a signal.
 * @param {Config} config
 * @param {Scripts} scripts
 * @param {() => Promise<void>} prepare what has to happen before the first of our own packages is loaded
 */
export async function runInstallation(config, scripts, prepare = async () => undefined) {
  // A reader of our output that went away must not take the installation with it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const installation = new Installation(config, scripts);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => void installation.end(0));
  try {
    await installation.start(prepare);
  } catch (error) {
    if (!installation.isEnding) await installation.end(report(error));
  }
}

class Installation {
  #config;
  #scripts;
  #startedAt = performance.now();
  /** @type {Map<string, Supervised>} */
  #processes = new Map();
  /** @type {import('./database.mjs').Database | undefined} */
  #database;
  /** @type {(() => void) | undefined} */
  #giveBack;
  /** @type {{readyMs: number, claim: string | null, revision: number} | undefined} */
  #ready;
  isEnding = false;

  /**
   * @param {Config} config
   * @param {Scripts} scripts
   */
  constructor(config, scripts) {
    this.#config = config;
    this.#scripts = scripts;
  }

  /** @param {() => Promise<void>} prepare */
  async start(prepare) {
    const { ports, hasDemo, data } = this.#config;
    this.#giveBack = takeDataFolder(data);
    const wanted = { PORTCULLIS_PORT: ports.api, PORTCULLIS_GUARD_PORT: ports.link, PORTCULLIS_KILL_PORT: ports.lane };
    await assertPortsFree(hasDemo ? { ...wanted, PORTCULLIS_DEMO_PORT: ports.demo } : wanted);
    await prepare();
    await this.#startDatabase();
    const api = await this.#startControlPlane();
    if (hasDemo) await settled(this.#launch('demo', this.#scripts.demo));
    this.#tellReady(api, await revisionWhenReady(this.#config.urls.console));
  }

  async #startDatabase() {
    this.#database = await openDatabase(this.#config, {
      onChange: () => this.#writeRunFile(),
      onLost: (problem) => void this.end(report(problem)),
    });
    const failed =
      'a migration did not finish; the database is as it was before it: read the lines above, mend the cause and start again';
    await runScript(
      this.#scripts.migrate,
      this.#environment(),
      new StartProblem('migration_failed', exits.migration, failed),
    );
  }

  async #startControlPlane() {
    const isFirstStart = !existsSync(this.#config.environment.PORTCULLIS_KEK_FILE ?? '');
    const api = this.#launch('api', this.#scripts.api);
    // The first process of all makes the keys; the others must find them, not make their own.
    if (isFirstStart) await settled(api);
    const others = [this.#launch('link', this.#scripts.link), this.#launch('lane', this.#scripts.lane)];
    const [message] = await Promise.all([settled(api), this.#seedDemo(), ...others.map(settled)]);
    return message;
  }

  /** Needs the database alone, so it is done while the control plane starts: a second less until ready. */
  async #seedDemo() {
    if (!this.#config.hasDemo) return;
    const failed = 'the demo world could not be made; set PORTCULLIS_DEMO=off to start without it';
    await runScript(
      this.#scripts.seedDemo,
      this.#environment(),
      new StartProblem('start_failed', exits.failed, failed),
    );
  }

  /**
   * @param {string} name
   * @param {string} script
   */
  #launch(name, script) {
    if (this.isEnding) throw new ToldProblem(0);
    const options = { name, script, environment: this.#environment(), data: this.#config.data };
    const { supervised, ready } = supervise(options, () => this.#writeRunFile());
    this.#processes.set(name, supervised);
    return ready;
  }

  #environment() {
    return { ...this.#config.environment, DATABASE_URL: this.#database?.url ?? '' };
  }

  /**
   * @param {Record<string, unknown>} api
   * @param {number | undefined} revision
   */
  #tellReady(api, revision) {
    if (this.isEnding) return;
    const claim = typeof api.claimUrl === 'string' ? api.claimUrl : null;
    this.#ready = {
      readyMs: Math.round(performance.now() - this.#startedAt),
      claim,
      revision: revision ?? Number(api.revision ?? 0),
    };
    this.#writeRunFile();
    const lines = [`Portcullis is ready: ${claim ?? this.#config.urls.console}`];
    if (this.#config.hasDemo) lines.push('Play the incident in another terminal: npm run demo:incident');
    // One write: who waits for the first line may read the second at once.
    say(lines.join('\n'));
  }

  #writeRunFile() {
    if (!this.#ready || this.isEnding) return;
    const { readyMs, claim, revision } = this.#ready;
    const pids = {
      api: this.#pid('api'),
      link: this.#pid('link'),
      lane: this.#pid('lane'),
      postgres: this.#database?.pid() ?? null,
      demo: this.#pid('demo'),
    };
    writeRunFile(this.#config.data, {
      pid: process.pid,
      pids,
      readyMs,
      urls: { ...this.#config.urls, claim },
      revision,
    });
  }

  /** @param {string} name */
  #pid(name) {
    return this.#processes.get(name)?.pid() ?? null;
  }

  /** @param {number} exitCode */
  async end(exitCode) {
    if (this.isEnding) return;
    this.isEnding = true;
    const { demo, ...controlPlane } = Object.fromEntries(this.#processes);
    await demo?.stop();
    await Promise.all(Object.values(controlPlane).map((process) => process.stop()));
    await this.#database?.stop();
    this.#giveBack?.();
    process.exit(exitCode);
  }
}

const readyWithinMs = 60_000;

/**
 * The ready message; a process that ends before told why on its own, and gave the exit code.
 * @param {Promise<Record<string, unknown>>} ready
 */
async function settled(ready) {
  let timer;
  const late = new Promise((_, reject) => {
    const problem = new StartProblem(
      'start_failed',
      exits.failed,
      'a process was not ready within 60 s; read the files in logs/ of the data folder',
    );
    timer = setTimeout(() => reject(problem), readyWithinMs);
  });
  try {
    return await Promise.race([ready, late]);
  } catch (error) {
    if (!(error instanceof ChildEnded)) throw error;
    const code = error.exit.code ?? 0;
    if (code >= 2 && code <= 5) throw new ToldProblem(code);
    throw new StartProblem(
      'start_failed',
      exits.failed,
      `${error.message}; read the lines above and the files in logs/ of the data folder`,
    );
  } finally {
    clearTimeout(timer);
  }
}
