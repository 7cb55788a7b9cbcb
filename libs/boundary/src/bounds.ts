/**
 * What the answer of a tool may cost: more is withheld, not read. Bytes of UTF-8 in all, in what is `redacted`, and in what is compared
 * item by item with an expression (`matched`); `depth` in levels of objects and lists; `items` in one list that is filtered item by
 * item; `work` in steps of the expressions that redact, about 20 ns each.
 */
export const resultBounds = {
  bytes: 10_000_000,
  redacted: 2_000_000,
  matched: 1_000_000,
  depth: 100,
  items: 10_000,
  work: 100_000_000,
} as const;
