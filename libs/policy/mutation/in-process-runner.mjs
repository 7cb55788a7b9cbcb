import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';
import { forget, forgetting } from './forgetting.mjs';
import { resolve, ssr } from './resolution.mjs';

/** Where instrumented sources look for the switch. */
const switches = (globalThis.__stryker__ ??= {});
const longest = 30_000;

/**
 * Runs the specs of policy in one process that imports them once: a mutant is a switch in the instrumented sources, so trying the
 * next one costs its tests and not a thread with a module graph of its own, which took a hundred times as long.
 *
 * What a mutant leaves behind in a module must not judge the next: a test kills only if it passes again with the mutant off.
 * Otherwise the modules are imported anew, and the mutant is tried again.
 */
class InProcessRunner {
  #policy;
  #standIn;
  #server;
  #modules;
  #tests;
  #kills = new Map();
  #cost = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  /** In the sandbox: Stryker goes there after it has imported this file. */
  async init() {
    this.#policy = path.resolve('libs/policy');
    this.#standIn = path.join(this.#policy, 'mutation/registered-tests.mjs');
    this.#server = await createServer({
      configFile: false,
      plugins: [forgetting],
      logLevel: 'error',
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
      optimizeDeps: { noDiscovery: true },
      resolve: {
        ...resolve,
        alias: { vitest: this.#standIn, 'fast-check': path.join(this.#policy, 'mutation/fewer-samples.mjs') },
      },
      ssr,
    });
    this.#modules = createServerModuleRunner(this.#server.environments.ssr, {
      hmr: false,
      sourcemapInterceptor: false,
    });
    await this.#importAll();
    forget();
  }

  async dispose() {
    await this.#modules?.close();
    await this.#server?.close();
  }

  async #importAll(mutant) {
    switches.activeMutant = mutant;
    this.#modules.clearCache();
    const { tests, beforeAllTests, collect } = await this.#modules.import(this.#standIn);
    for (const spec of specsBelow(path.join(this.#policy, 'src')))
      await collect(path.relative('.', spec), () => this.#modules.import(spec));
    for (const prepare of beforeAllTests) await prepare();
    this.#tests = tests;
  }

  async dryRun() {
    const ran = [];
    for (const one of this.#tests.values()) {
      switches.currentTestId = one.id;
      const began = performance.now();
      const failureMessage = await failureOf(one);
      const timeSpentMs = performance.now() - began;
      switches.currentTestId = undefined;
      this.#cost.set(one.id, timeSpentMs);
      ran.push({ ...shown(one, failureMessage), timeSpentMs });
    }
    return { status: 'complete', tests: ran, mutantCoverage: switches.mutantCoverage };
  }

  async mutantRun({ activeMutant, hitLimit, testFilter, reloadEnvironment }) {
    forget();
    const ids = this.#promisingFirst(testFilter);
    const first = await this.#tried(activeMutant.id, hitLimit, ids);
    const isJudged = first.isTimeout || (first.killer ? await this.#isWell(first.killer) : !reloadEnvironment);
    if (isJudged) return this.#result(first);
    if (reloadEnvironment) return this.#result(await this.#triedAnew(activeMutant.id, hitLimit, ids));
    await this.#importAll();
    const second = await this.#tried(activeMutant.id, hitLimit, ids);
    if (second.killer || second.isTimeout) await this.#importAll();
    return this.#result(second);
  }

  /**
   * For a mutant in what modules do as they are loaded: they are, with it, and without it afterwards. It takes as long as hundreds of
   * tests, so it is for those that live when they are only switched on.
   */
  async #triedAnew(mutant, hitLimit, ids) {
    Object.assign(switches, { hitCount: 0, hitLimit });
    try {
      await this.#importAll(mutant);
      return await this.#tried(mutant, hitLimit, ids);
    } catch (error) {
      return { ran: 0, killer: ids[0], failureMessage: String(error), isTimeout: switches.hitCount > hitLimit };
    } finally {
      switches.hitLimit = undefined;
      await this.#importAll();
    }
  }

  async #isWell(id) {
    forget();
    return (await failureOf(this.#tests.get(id))) === undefined;
  }

  /** Until the first failure. */
  async #tried(mutant, hitLimit, ids) {
    Object.assign(switches, { activeMutant: mutant, hitCount: 0, hitLimit });
    let ran = 0;
    let killer;
    let failureMessage;
    for (const id of ids) {
      ran += 1;
      const began = performance.now();
      failureMessage = await failureOf(this.#tests.get(id));
      this.#cost.set(id, performance.now() - began);
      if (failureMessage !== undefined) killer = id;
      if (killer || switches.hitCount > hitLimit) break;
    }
    const isTimeout = switches.hitCount > hitLimit;
    Object.assign(switches, { activeMutant: undefined, hitLimit: undefined });
    return { ran, killer, failureMessage, isTimeout };
  }

  #result({ ran, killer, failureMessage, isTimeout }) {
    if (killer) this.#kills.set(killer, (this.#kills.get(killer) ?? 0) + 1);
    if (isTimeout) return { status: 'timeout', reason: 'it ran in circles' };
    if (killer) return { status: 'killed', killedBy: [killer], failureMessage, nrOfTests: ran };
    return { status: 'survived', nrOfTests: ran };
  }

  /** Who has killed most per millisecond comes first. */
  #promisingFirst(ids) {
    const worth = (id) => ((this.#kills.get(id) ?? 0) + 0.1) / ((this.#cost.get(id) ?? 1) + 0.2);
    const worths = new Map(ids.map((id) => [id, worth(id)]));
    return ids.toSorted((a, b) => worths.get(b) - worths.get(a));
  }
}

function specsBelow(folder) {
  const all = readdirSync(folder, { recursive: true }).toSorted();
  return all
    .filter((file) => file.endsWith('.spec.ts') && !file.startsWith('oracle'))
    .map((file) => path.join(folder, file));
}

async function failureOf({ run, timeout = longest }) {
  let timer;
  try {
    const result = run();
    if (!(result instanceof Promise)) return undefined;
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done in ${timeout} ms`)), timeout);
    });
    await Promise.race([result, late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

function shown({ id, name, file }, failureMessage) {
  const test = { id, name, fileName: path.resolve(file) };
  return failureMessage === undefined ? { ...test, status: 0 } : { ...test, status: 1, failureMessage };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner }];
