const firstSoundV8 = 13;

interface OnNode {
  readonly process?: {
    readonly versions: { readonly v8: string };
    getBuiltinModule(name: 'node:v8'): { setFlagsFromString(flags: string): void };
  };
}

/**
 * V8 11 and 12 (Node 20 and 22) end the whole process when code that has a call into WebAssembly inlined is given up while the
 * call runs and the call returns an object, as each answer of Cedar does: "unreachable code" in
 * Deoptimizer::DoComputeBuiltinContinuation. A guard with a policy died of it after some 30,000 calls. Such calls are inlined no
 * more, from here on and in the whole process; nothing else changes.
 */
export function keepWasmCallsOutOfLine({ process }: OnNode = globalThis as OnNode): void {
  if (!process || Number.parseInt(process.versions.v8, 10) >= firstSoundV8) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-turbo-inline-js-wasm-calls');
}
