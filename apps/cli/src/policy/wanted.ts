/** One object as a file wants it: `value` is what the API takes, in its own field names. */
export interface Wanted {
  readonly kind: 'environment' | 'role' | 'tool' | 'grant';
  readonly id: string;
  readonly value: unknown;
  readonly file: string;
  readonly line: number | undefined;
  /** The line of a field, by the names the file uses. */
  readonly lineOf: ((field: readonly string[]) => number | undefined) | undefined;
}

/** Everything a folder wants. */
export interface WantedFolder {
  readonly wanted: readonly Wanted[];
  readonly files: ReadonlySet<string>;
  /** By environment: the file that names all of its grants. */
  readonly grantFiles: ReadonlyMap<string, string>;
}
