import type { PolicyTest } from '@portcullis/contracts';
import { Refusal } from '../platform/refusal.js';
import type { Judgement } from './judge-policy.js';

export function noPolicy(policy: string): Refusal {
  return new Refusal('not_found', `there is no policy ${policy}`, { policy });
}

export function noEnvironment(environment: string): Refusal {
  return new Refusal('not_found', `there is no environment ${environment}`, { environment });
}

export function noVersion(policy: string, version: number): Refusal {
  return new Refusal('not_found', `policy ${policy} has no version ${version}`, { policy, version });
}

export function isRetired(policy: string): Refusal {
  return new Refusal('retired', `policy ${policy} is retired: write another one`, { policy });
}

interface NewerVersion {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly tests: readonly PolicyTest[];
  readonly author: string;
}

/** Carries the newer version, so that whoever wrote on an older one can see what changed. */
export function isNewer(policy: string, { number, name, text, tests, author }: NewerVersion): Refusal {
  const newest = { number, name, text, tests, author };
  return new Refusal('conflict', `version ${number} by ${author} is newer: look at it and save again`, {
    policy,
    newest,
  });
}

export function isLive(policy: string, version: number): Refusal {
  return new Refusal('conflict', `version ${version} is published already`, { policy, version });
}

export function needsReview(policy: string, version: number): Refusal {
  const message = `somebody else than its author has to review version ${version} first`;
  return new Refusal('review_needed', message, { policy, version });
}

/** `undefined`: it can be published. */
export function whyNotPublished({ problems, results }: Judgement): Refusal | undefined {
  const [first] = problems;
  if (first) {
    const fix = first.suggestion === null ? '' : ` (${first.suggestion})`;
    const message = `line ${first.line}, column ${first.column}: ${first.message}${fix}`;
    return new Refusal('policy_refused', message, { problems, failedTests: [] });
  }
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length === 0) return undefined;
  const said = failed.map(({ name, want, got }) => `“${name}” wants ${want} and got ${got}`).join('; ');
  return new Refusal('policy_refused', `its tests fail: ${said}`, { problems: [], failedTests: failed });
}
