import type { ConstraintOf } from '@portcullis/contracts';
import type { ConstrainedCall, Records, ValueCheck } from './constraint-check.js';

/**
 * Exactly what somebody else than the agent vouched for (protocol F3): the token's verified claim, or an attribute of the
 * conversation's record. Where there is none to compare with, nothing satisfies it.
 */
export function compileEqualClaim({ claim }: Pick<ConstraintOf<'equal-claim'>, 'claim'>): ValueCheck {
  const [source, name] = claim.split('.');
  const wantedIn = source === 'conversation' && name !== undefined ? attribute(name) : verified(claim);
  const whose = name === undefined ? `the token's ${claim}` : `the conversation's ${name}`;
  return (value, call, records) => {
    const wanted = wantedIn(call, records);
    if (wanted === undefined) return `has nothing to equal: ${whose} is not known`;
    return value === wanted ? undefined : `is not ${whose}`;
  };
}

type Wanted = (call: ConstrainedCall, records: Records) => string | number | boolean | undefined;

function verified(claim: string): Wanted {
  switch (claim) {
    case 'user':
      return ({ claims }) => claims.user;
    case 'agent':
      return ({ claims }) => claims.agent;
    case 'role':
      return ({ claims }) => claims.role;
    case 'environment':
      return ({ claims }) => claims.environment;
    default:
      return () => undefined;
  }
}

function attribute(name: string): Wanted {
  return ({ claims }, { conversations }) => {
    const record = claims.conversation === undefined ? undefined : conversations.get(claims.conversation);
    return record !== undefined && Object.hasOwn(record.attributes, name) ? record.attributes[name] : undefined;
  };
}
