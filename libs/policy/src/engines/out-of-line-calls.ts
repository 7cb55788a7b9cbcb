/// <reference path="./node-v8.d.ts" />
import { setFlagsFromString } from 'node:v8';

const firstSoundV8 = 13;

interface OnNode {
  readonly process: { readonly versions: { readonly v8: string } };
}

/**
 * V8 11 and 12 (Node 20 to 22) end the whole process when code that has a call into WebAssembly inlined is given up while the
 * call runs and the call returns an object, as each answer of Cedar does: "unreachable code" in
 * Deoptimizer::DoComputeBuiltinContinuation. A guard with a policy died of it after some 30,000 calls. Such calls are inlined no
 * more, from here on and in the whole process; nothing else changes.
 */
export function keepWasmCallsOutOfLine(
  { versions } = (globalThis as unknown as OnNode).process,
  setFlags: (flags: string) => void = setFlagsFromString,
): void {
  if (Number.parseInt(versions.v8, 10) < firstSoundV8) setFlags('--no-turbo-inline-js-wasm-calls');
}
