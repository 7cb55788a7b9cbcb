/** The one call of it that is used: the library has no types of Node, so that nothing else of it slips in. */
declare module 'node:module' {
  export function createRequire(from: string): {
    (name: string): unknown;
    resolve(name: string): string;
    readonly cache: Record<string, unknown>;
  };
}

interface ImportMeta {
  readonly url: string;
}
