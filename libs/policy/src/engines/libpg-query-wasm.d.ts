/** The package's own module for one instance; its main entry has a single instance for ever and no way to make it anew. */
declare module 'libpg-query/wasm/libpg-query.js' {
  /** Makes an instance with a memory of its own. */
  function createInstance(): Promise<import('./pg-query-instance.js').PgQueryInstance>;
  export = createInstance;
}
