/** Lines count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number | undefined;
}

/** One object as a file wants it: `value` is what the API takes, in its own field names. */
export interface Wanted extends FilePlace {
  readonly kind: 'environment' | 'role' | 'tool' | 'grant' | 'policy';
  readonly id: string;
  readonly value: unknown;
  /** Where a field stands, by the names the files use. */
  readonly placeOf: ((field: readonly string[]) => FilePlace) | undefined;
}

/** Everything a folder wants. */
export interface WantedFolder {
  readonly wanted: readonly Wanted[];
  readonly files: ReadonlySet<string>;
  /** By environment: the file that names all of its grants. */
  readonly grantFiles: ReadonlyMap<string, string>;
}
