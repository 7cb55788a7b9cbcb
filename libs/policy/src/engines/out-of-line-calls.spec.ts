import { describe, expect, it } from 'vitest';
import { keepWasmCallsOutOfLine } from './out-of-line-calls.js';

/** What is set on a Node with this V8. */
function flagsSetBy(v8: string): readonly string[] {
  const flags: string[] = [];
  keepWasmCallsOutOfLine({ versions: { v8 } }, (flag) => void flags.push(flag));
  return flags;
}

describe('calls into WebAssembly', () => {
  it('are inlined no more where V8 breaks off over them', () => {
    expect(flagsSetBy('11.3.244.8-node.38')).toEqual(['--no-turbo-inline-js-wasm-calls']);
    expect(flagsSetBy('12.4.254.21-node.33')).toEqual(['--no-turbo-inline-js-wasm-calls']);
  });

  it('are left alone where it does not', () => {
    expect(flagsSetBy('13.6.233.17-node.40')).toEqual([]);
    expect(flagsSetBy('14.0.1')).toEqual([]);
  });
});
