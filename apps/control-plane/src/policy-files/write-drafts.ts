import type { ClientBase } from 'pg';
import { lockRows } from '../change-log/lock-rows.js';
import { alikeVersions } from '../policies/alike-versions.js';
import { openPolicy } from '../policies/open-policy.js';
import { insertVersion, isReviewedEnough, newestVersion } from '../policies/policy-rows.js';
import type { WantedDraft } from './policy-edits.input.js';
import type { SavedPolicyDraft } from './policy-plan.model.js';

/** Each as a version of its policy that nobody asks yet; what is in force or a draft already is not written again. */
export async function writeDrafts(
  client: ClientBase,
  drafts: readonly WantedDraft[],
  by: string,
): Promise<readonly SavedPolicyDraft[]> {
  await lockRows(
    client,
    'environment',
    drafts.flatMap(({ environment }) => environment ?? []),
  );
  const saved: SavedPolicyDraft[] = [];
  for (const draft of drafts.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { id } = draft;
    const { policy, isNew } = await openPolicy(client, draft, by);
    const newest = isNew ? undefined : await newestVersion(client, id);
    const alike = await alikeVersions(client, id, draft);
    if (alike.some(({ number }) => number === policy.live_version)) continue;
    const held = alike.find(({ number }) => number === newest?.number);
    const version = held?.number ?? (newest?.number ?? 0) + 1;
    if (!held) await insertVersion(client, id, { ...draft, number: version, author: by });
    const needsReview = !(await isReviewedEnough(client, policy, { reviewed_by: held?.reviewed_by ?? null }));
    saved.push({ id, version, needsReview });
  }
  return saved;
}
