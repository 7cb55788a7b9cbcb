import type { ColumnLimit, SqlLimit } from './limit.js';
import type { SqlNode } from './tree.js';

/** Something a statement reads or writes, by the name its columns go by, with the limits on what is behind it. */
export interface Source {
  readonly name: string;
  readonly limits: readonly ColumnLimit[];
}

/** What the names in a part of a statement can mean. */
export interface Scope {
  readonly limit: SqlLimit;
  /** The queries of WITH that stand for tables here. */
  readonly queries: ReadonlySet<string>;
  /** What is read here, then what is read by the statements around. */
  readonly sources: readonly Source[];
  /** Judges a statement or an expression inside this one. */
  readonly judge: (node: SqlNode, scope: Scope) => void;
}

export function withSources(scope: Scope, sources: readonly Source[]): Scope {
  return { ...scope, sources: [...sources, ...scope.sources] };
}
