/** Loaded before the api process: its clock is two minutes fast, and nobody else's is. */
const aheadMs = 120_000;

if (process.argv[1]?.endsWith('/dist/api.js')) {
  const Real = Date;
  globalThis.Date = class extends Real {
    /** @param {ConstructorParameters<typeof Date> | []} given */
    constructor(...given) {
      super(...(given.length === 0 ? [Real.now() + aheadMs] : given));
    }

    static now() {
      return Real.now() + aheadMs;
    }
  };
}
