/// <reference path="./libpg-query-wasm.d.ts" />
import createInstance from 'libpg-query/wasm/libpg-query.js';
import type { SqlEngine } from '../engines.js';
import type { PgQueryInstance } from './pg-query-instance.js';

/** The text is no SQL, in the parser's words. The parser itself is well. */
class SqlSyntaxError extends Error {}

/**
 * The parser of PostgreSQL 18 (libpg-query, WebAssembly). Loads it at the first call, in about 0.1 s.
 *
 * What breaks off inside the parser, such as a text nested so deep that the stack ends, leaves its stack pointer where it was, and
 * a few of those would let it write over its own tables. So an instance that broke off is never asked again: the spare one takes
 * its place, and a new spare is made. Until there is one, everything is refused.
 */
export async function loadSqlEngine(): Promise<SqlEngine> {
  const parser = new Parser(await warmInstance(), await warmInstance());
  return { parse: (text) => parser.parse(text) };
}

/** An instance that has parsed: the first text takes five times as long, and nobody's call should wait for it. */
async function warmInstance(): Promise<PgQueryInstance> {
  const instance = await createInstance();
  parseWith(instance, `select ${'a, '.repeat(1000)}a from a where a = 1`);
  return instance;
}

/** What the parser said about the last text: the grants of one decision ask about the same one. */
interface Answer {
  readonly text: string;
  readonly tree?: unknown;
  readonly error?: Error;
}

class Parser {
  #ready: PgQueryInstance[];
  #last: Answer | undefined;

  constructor(...ready: PgQueryInstance[]) {
    this.#ready = ready;
  }

  parse(text: string): unknown {
    if (this.#last?.text !== text) this.#last = this.#ask(text);
    const { tree, error } = this.#last;
    if (error) throw error;
    return tree;
  }

  #ask(text: string): Answer {
    const [instance] = this.#ready;
    if (!instance) throw new Error('the parser is being made anew');
    try {
      return { text, tree: parseWith(instance, text) };
    } catch (error) {
      if (error instanceof SqlSyntaxError) return { text, error };
      this.#ready = this.#ready.filter((one) => one !== instance);
      this.#refill();
      return { text, error: new Error('nested too deep to be read', { cause: error }) };
    }
  }

  #refill(): void {
    warmInstance().then(
      (fresh) => this.#ready.push(fresh),
      () => undefined,
    );
  }
}

/** The layout of PgQueryParseResult (tree, stderr, error) and of PgQueryError, which begins with its message. */
function parseWith(instance: PgQueryInstance, text: string): unknown {
  const bytes = instance.lengthBytesUTF8(text) + 1;
  const query = instance._malloc(bytes);
  if (query === 0) throw new Error('no memory for the text');
  instance.stringToUTF8(text, query, bytes);
  const result = instance._wasm_parse_query_raw(query);
  if (result === 0) throw new Error('no memory for the tree');
  const error = instance.getValue(result + 8, 'i32');
  const message = error === 0 ? undefined : instance.UTF8ToString(instance.getValue(error, 'i32'));
  const json = error === 0 ? instance.UTF8ToString(instance.getValue(result, 'i32')) : '';
  instance._free(query);
  instance._wasm_free_parse_result(result);
  if (message !== undefined) throw new SqlSyntaxError(message);
  return JSON.parse(json) as unknown;
}
