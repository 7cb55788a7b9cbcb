import type { PolicyTest } from '@portcullis/contracts';
import type { PolicyCatalogue } from '@portcullis/policy';
import type { ClientBase } from 'pg';
import { judgePolicy, type PolicyText } from '../policies/judge-policy.js';
import { whyNotPublished } from '../policies/policies.refusals.js';
import { Refusal } from '../platform/refusal.js';
import type { PolicyEdit } from './policy-edits.input.js';

interface LivePolicy extends PolicyText {
  readonly id: string;
  readonly tests: PolicyTest[];
}

/** A policy that these edits leave in force as it is, and that could be published before them, can be published after them. */
export async function refuseBrokenPolicies(
  client: ClientBase,
  edits: readonly PolicyEdit[],
  [before, after]: readonly [PolicyCatalogue, PolicyCatalogue],
): Promise<void> {
  const edited = edits.filter(({ kind }) => kind === 'policy').map(({ id }) => id);
  const live = await client.query<LivePolicy>(
    `select policy.id, policy.environment_id as environment, name, text, tests, number as version
     from policy join policy_version on policy_id = policy.id and number = live_version
     where policy.id <> all($1::text[]) order by policy.id`,
    [edited],
  );
  for (const policy of live.rows) {
    const broken = whyNotPublished(await judgePolicy(policy, after));
    if (!broken || whyNotPublished(await judgePolicy(policy, before))) continue;
    const message = `policy ${policy.id} would be in force as it is, and with these tools ${broken.message}`;
    throw new Refusal(broken.code, message, { ...broken.details, policy: policy.id });
  }
}
