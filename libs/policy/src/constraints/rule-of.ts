import type { ItemConstraint } from '@portcullis/contracts';
import type { Engines } from '../engines.js';
import type { Unrecorded, ValueRule } from './constraint-check.js';
import { compileCidr } from './cidr.js';
import { compileEqualClaim } from './equal-claim.js';
import { compileEqual } from './equal.js';
import { checkForbidden } from './forbidden.js';
import { compileGlob } from './glob.js';
import { compileHosts } from './hosts.js';
import { compileLength } from './length.js';
import { compileMax } from './max.js';
import { compileMin } from './min.js';
import { compileOneOf } from './one-of.js';
import { compilePattern } from './pattern.js';
import { compilePrefix } from './prefix.js';
import { compileProvenance } from './provenance.js';
import { compileSql } from './sql/compile-sql.js';

/** How the kind of a constraint reads values. Throws what an engine says about an expression it cannot read, and when its host has none. */
export function ruleOf(constraint: ItemConstraint, engines: Engines, unrecorded: Unrecorded = 'wrong'): ValueRule {
  switch (constraint.kind) {
    case 'min':
      return { check: compileMin(constraint) };
    case 'max':
      return { check: compileMax(constraint) };
    case 'length':
      return { check: compileLength(constraint) };
    case 'one-of':
      return { check: compileOneOf(constraint) };
    case 'equal':
      return { check: compileEqual(constraint) };
    case 'equal-claim':
      return { check: compileEqualClaim(constraint) };
    case 'prefix':
      return { check: compilePrefix(constraint) };
    case 'glob':
      return compileGlob(constraint);
    case 'pattern':
      return compilePattern(constraint);
    case 'hosts':
      return { check: compileHosts(constraint) };
    case 'cidr':
      return { check: compileCidr(constraint) };
    case 'forbidden':
      return { check: checkForbidden, asksMissing: true };
    case 'provenance':
      return { check: compileProvenance(constraint, engines, unrecorded) };
    case 'sql':
      return compileSql(constraint, engines.sql);
  }
}
