/** One instance of PostgreSQL's parser as Emscripten gives it: the part that is used. Addresses are those of its own memory. */
export interface PgQueryInstance {
  readonly lengthBytesUTF8: (text: string) => number;
  readonly stringToUTF8: (text: string, at: number, mostBytes: number) => void;
  readonly UTF8ToString: (at: number) => string;
  readonly getValue: (at: number, type: 'i32') => number;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (at: number) => void;
  readonly _wasm_parse_query_raw: (text: number) => number;
  readonly _wasm_free_parse_result: (result: number) => void;
}
