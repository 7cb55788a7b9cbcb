import type { ClientBase } from 'pg';
import type { PolicyCatalogue } from '@portcullis/policy';
import { Refusal } from '../platform/refusal.js';
import { alikeVersions } from '../policies/alike-versions.js';
import { openPolicy } from '../policies/open-policy.js';
import {
  insertVersion,
  isReviewedEnough,
  lockPolicy,
  newestVersion,
  versionOf,
  type VersionRow,
} from '../policies/policy-rows.js';
import { putInForce, retirePolicy } from '../policies/put-in-force.js';
import type { EditTransaction } from './edit-transaction.js';
import { plannedChange, plannedEnd } from './planned-policy.js';
import type { EditOf } from './policy-edits.input.js';

type Wanted = NonNullable<EditOf<'policy'>['value']>;

/** Publishes what the file says, as a version of its own or as the draft that says the same; one that is gone is retired for good. */
export async function writePolicy(
  transaction: EditTransaction,
  { id, value }: EditOf<'policy'>,
  catalogue: PolicyCatalogue,
): Promise<void> {
  const { client, by, planned } = transaction;
  if (value === null) {
    await retirePolicy(transaction, await lockPolicy(client, id));
    planned?.(plannedEnd(id));
    return;
  }
  const { policy, isNew } = await openPolicy(client, { id, environment: value.environment }, by);
  const alike = await alikeVersions(client, id, value);
  if (alike.some(({ number }) => number === policy.live_version)) return;
  const live = policy.live_version === null ? undefined : await versionOf(client, id, policy.live_version);
  const newest = isNew ? undefined : await newestVersion(client, id);
  const version = await versionToPublish(client, id, { value, newest, alike, by });
  const judged = await putInForce(transaction, by, policy, version, catalogue);
  const needsReview = !(await isReviewedEnough(client, policy, version));
  if (needsReview && !planned) throw needsReviewFirst(id);
  planned?.(plannedChange(id, { live, version, judged, catalogue, needsReview }));
}

interface Versions {
  readonly value: Wanted;
  readonly newest: VersionRow | undefined;
  readonly alike: readonly VersionRow[];
  readonly by: string;
}

/** A draft that says this already, and the review of an older version that said this, count. */
async function versionToPublish(
  client: ClientBase,
  id: string,
  { value, newest, alike, by }: Versions,
): Promise<VersionRow> {
  const [before] = alike;
  const draft = alike.find(({ number }) => number === newest?.number);
  if (draft) return draft;
  const number = (newest?.number ?? 0) + 1;
  const review = { reviewed_by: before?.reviewed_by ?? null, reviewed_at: before?.reviewed_at ?? null };
  const { name, text, tests } = value;
  const version = { number, name, text, tests, author: by };
  await insertVersion(client, id, before ? { ...version, reverts: before.number, review } : version);
  return { ...version, ...review };
}

function needsReviewFirst(policy: string): Refusal {
  const message = `somebody else has to review ${policy} before it is published: save it as a draft, and apply when it is reviewed`;
  return new Refusal('review_needed', message, { policy });
}
