import type { PolicyPlace } from '@portcullis/contracts';
import type { HashEngine } from '../engines.js';
import type { ParameterTypes } from './cedar-arguments.js';
import type { CedarSet } from './cedar-json.js';
import type { PolicyReads } from './policy-reads.js';

/** Statements that are asked together, with what they read of a call. */
export interface Asked {
  readonly set: CedarSet;
  readonly reads: PolicyReads;
  /** By the index of a statement: the group that has to approve what it holds; empty for those that forbid. */
  readonly groups: readonly string[];
}

/** A policy compiled for deciding. */
export interface CompiledPolicy {
  readonly id: string;
  readonly rule: string;
  readonly revision: number;
  readonly name: string;
  /** `null`: in every environment. */
  readonly environment: string | null;
  readonly places: readonly PolicyPlace[];
  /** By tool id. */
  readonly parameters: ReadonlyMap<string, ParameterTypes>;
  /** Compares values with what trusted parties registered; without it no policy learns where one comes from. */
  readonly hash: HashEngine | undefined;
  readonly forbids: Asked | undefined;
  readonly holds: Asked | undefined;
  /** Why it cannot be asked at all; then it denies wherever it would be asked. */
  readonly broken: { readonly reason: 'policy_error' | 'guard_outdated'; readonly detail: string } | undefined;
}
