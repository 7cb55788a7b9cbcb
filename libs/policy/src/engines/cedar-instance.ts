/// <reference path="./node-module.d.ts" />
import { createRequire } from 'node:module';
import { keepWasmCallsOutOfLine } from './out-of-line-calls.js';

/** Cedar as its package gives it. */
export type Cedar = typeof import('@cedar-policy/cedar-wasm/nodejs');

const require = createRequire(import.meta.url);
const file = '@cedar-policy/cedar-wasm/nodejs';

/** Cedar with a memory of its own, in about 0.1 s: nobody else's policies are in it. */
function newCedar(): Cedar {
  keepWasmCallsOutOfLine();
  const forget = () => delete require.cache[require.resolve(file)];
  forget();
  const cedar = require(file) as Cedar;
  forget();
  return cedar;
}

/**
 * One Cedar, made anew after it broke off. What breaks off in it, such as a text so deep that the stack ends, leaves its own stack
 * pointer where it was, and from then on it answers "memory access out of bounds" to everybody.
 */
export class CedarInstance {
  #cedar: Cedar | undefined = newCedar();
  #generation = 0;

  /** How often it was made anew: what was prepared in an earlier one is gone. */
  get generation(): number {
    return this.#generation;
  }

  /** Throws what `use` throws. */
  ask<T>(use: (cedar: Cedar) => T): T {
    this.#cedar ??= newCedar();
    try {
      return use(this.#cedar);
    } catch (error) {
      if (isBreak(error)) this.#giveUp();
      throw error;
    }
  }

  #giveUp(): void {
    this.#cedar = undefined;
    this.#generation += 1;
  }
}

/** WebAssembly traps with the one, and ends the stack with the other. */
function isBreak(error: unknown): boolean {
  return error instanceof Error && (error.name === 'RuntimeError' || error.name === 'RangeError');
}
