import type { PolicyVersionEntity } from './policy-version.entity.js';
import type { PolicyEntity } from './policy.entity.js';
import type { Policy } from './policy.model.js';

/** A policy with its versions, newest first. `revisions` by policy, space, version. */
export function policyModel(
  { id, environmentId, liveVersion, retiredAt }: PolicyEntity,
  versions: readonly PolicyVersionEntity[],
  reviewed: ReadonlySet<string>,
  revisions: ReadonlyMap<string, number>,
): Policy {
  return {
    ...{ id, environment: environmentId, liveVersion, retiredAt },
    name: versions[0]?.name ?? id,
    newestVersion: versions[0]?.number ?? 0,
    needsReview: environmentId === null ? reviewed.size > 0 : reviewed.has(environmentId),
    versions: versions.map(({ policyId, policy: _policy, ...version }) => ({
      ...version,
      revision: revisions.get(`${policyId} ${version.number}`) ?? null,
    })),
  };
}
