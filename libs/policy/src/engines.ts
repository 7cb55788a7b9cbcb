import type { CedarComplaint, CedarSet, CedarStatement } from './policies/cedar-json.js';

/** Reads SQL with the grammar of PostgreSQL. */
export interface SqlEngine {
  /** The statements as libpg-query's parse tree. Throws with the parser's words on what is no SQL. Bounded by the length of the text. */
  readonly parse: (text: string) => unknown;
}

/** Checks values against a JSON schema. */
export interface SchemaEngine {
  /** Gives a check that says in words what is wrong, `undefined` when nothing is. Throws on a schema that cannot be used. */
  readonly compile: (schema: unknown) => (value: unknown) => string | undefined;
}

/** Reads, checks and asks policies in Cedar. */
export interface CedarEngine {
  /** The statements in the order of the text. Throws `CedarTextError` on what is no Cedar, and on templates. */
  readonly parse: (text: string) => readonly CedarStatement[];
  /** Makes statements ready to be asked; the same ones are made ready once. Throws `CedarTextError`. */
  readonly prepare: (statements: readonly string[]) => CedarSet;
  /** Strict validation of a text that parses, warnings included. `schema` is Cedar's JSON form. */
  readonly validate: (text: string, schema: unknown) => readonly CedarComplaint[];
}

/** Hashes, so that a state need not hold clear lists of what values are compared with. */
export interface HashEngine {
  /** base64url SHA-256 of the UTF-8 of a text. */
  readonly sha256: (text: string) => string;
}

/**
 * What `libs/policy` needs and cannot be: parsers that its host loads (protocol G2). Loading may be async; every call is sync.
 * What needs an engine that the host does not give is not understood, and so gives nothing.
 */
export interface Engines {
  readonly sql?: SqlEngine | undefined;
  readonly schema?: SchemaEngine | undefined;
  readonly cedar?: CedarEngine | undefined;
  readonly hash?: HashEngine | undefined;
}

/** A host without engines. */
export const noEngines: Engines = {};
