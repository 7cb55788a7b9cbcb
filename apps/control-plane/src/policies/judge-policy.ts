import type { FeedValue, PolicyTest } from '@portcullis/contracts';
import {
  checkPolicy,
  tryPolicy,
  type PolicyCatalogue,
  type PolicyProblem,
  type PolicyTestResult,
} from '@portcullis/policy';
import { loadDraftEngine } from '@portcullis/policy/engines';

export interface PolicyText {
  readonly name: string;
  readonly environment: string | null;
  readonly text: string;
  readonly tests: readonly PolicyTest[];
  readonly version: number;
}

/** A text with its tests as they stand against what is registered now. `told` is what guards would hear; absent with problems. */
export interface Judgement {
  readonly problems: readonly PolicyProblem[];
  readonly results: readonly PolicyTestResult[];
  readonly told: FeedValue<'policy'> | undefined;
}

export async function judgePolicy(policy: PolicyText, catalogue: PolicyCatalogue): Promise<Judgement> {
  const engine = await loadDraftEngine();
  const { name, environment, text, tests, version } = policy;
  const { problems, told } = checkPolicy(text, environment, catalogue, engine);
  if (!told) return { problems, results: [], told: undefined };
  const value = { name, environment, text, version, ...told };
  return { problems, results: tryPolicy(value, tests, catalogue, engine, Date.parse), told: value };
}
