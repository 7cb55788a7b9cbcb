import type { CommandTransaction } from '../change-log/command.js';
import type { PolicyCatalogue } from '@portcullis/policy';
import { judgePolicy, type Judgement } from './judge-policy.js';
import { noPolicy, whyNotPublished } from './policies.refusals.js';
import type { PolicyRow, VersionRow } from './policy-rows.js';

type Published = Judgement & { readonly told: NonNullable<Judgement['told']> };

/** Publishes a version of a locked policy; refuses what has problems in this catalogue, or tests that fail. */
export async function putInForce(
  { client, append }: CommandTransaction,
  by: string,
  { id, environment_id: environment }: PolicyRow,
  { number, name, text, tests }: VersionRow,
  catalogue: PolicyCatalogue,
): Promise<Published> {
  const judgement = await judgePolicy({ name, environment, text, tests, version: number }, catalogue);
  const refusal = whyNotPublished(judgement);
  const { told } = judgement;
  if (refusal || !told) throw refusal ?? noPolicy(id);
  await client.query(
    'update policy_version set published_by = $3, published_at = now() where policy_id = $1 and number = $2',
    [id, number, by],
  );
  await client.query('update policy set live_version = $2 where id = $1', [id, number]);
  append('policy', id, told);
  return { ...judgement, told };
}

/** One way: what it forbade is decided without it from now on. */
export async function retirePolicy(
  { client, append }: CommandTransaction,
  { id, live_version: live }: PolicyRow,
): Promise<void> {
  await client.query('update policy set retired_at = now(), live_version = null where id = $1', [id]);
  if (live !== null) append('policy', id, null);
}
