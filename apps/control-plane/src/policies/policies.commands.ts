import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import { judgePolicy } from './judge-policy.js';
import { isLive, isNewer, isRetired, needsReview, noPolicy, whyNotPublished } from './policies.refusals.js';
import { PolicyCatalogueSource } from './policy-catalogue.js';
import {
  insertVersion,
  isReviewRequired,
  lockPolicy,
  newestVersion,
  versionOf,
  type PolicyRow,
  type VersionRow,
} from './policy-rows.js';
import type { SavePolicyDraft } from './policy.inputs.js';

@Injectable()
export class PoliciesCommands {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly catalogue: PolicyCatalogueSource,
  ) {}

  /** Adds a version that nobody asks yet. */
  saveDraft(by: Viewer, draft: SavePolicyDraft): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      const { id, basedOn } = draft;
      const held = (await lockRows<PolicyRow>(client, 'policy', [id])).get(id);
      if (held?.retired_at) throw isRetired(id);
      if (held) requireSamePlace(held, draft);
      else await createPolicy(client, draft, by);
      const newest = held && (await newestVersion(client, id));
      if (newest && newest.number !== basedOn) throw isNewer(id, newest);
      await insertVersion(client, id, { ...draft, number: (newest?.number ?? 0) + 1, author: by.email });
      return id;
    });
  }

  /** Approves exactly this version. */
  review(by: Viewer, id: string, version: number): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      await lockPolicy(client, id);
      const newest = await requireNewest(client, id, version);
      if (newest.author === by.email) throw needsReview(id, version);
      await client.query(
        'update policy_version set reviewed_by = $3, reviewed_at = now() where policy_id = $1 and number = $2',
        [id, version, by.email],
      );
      return id;
    });
  }

  publish(by: Viewer, id: string, version: number): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const policy = await lockPolicy(transaction.client, id);
      const newest = await requireNewest(transaction.client, id, version);
      if (policy.live_version === version) throw isLive(id, version);
      return this.#putInForce(transaction, by, policy, newest);
    });
  }

  /** Brings an older text back as a new version, published at once; a review of that text still counts. */
  revert(by: Viewer, id: string, version: number): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const { client } = transaction;
      const policy = await lockPolicy(client, id);
      const before = await versionOf(client, id, version);
      if (policy.live_version === version) throw isLive(id, version);
      const number = (await newestVersion(client, id)).number + 1;
      const again = { ...before, number, author: by.email };
      await insertVersion(client, id, { ...again, reverts: version, review: before });
      return this.#putInForce(transaction, by, policy, again);
    });
  }

  /** One way: what it forbade is decided without it from now on. */
  retire(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const policy = await lockPolicy(client, id);
      await client.query('update policy set retired_at = now(), live_version = null where id = $1', [id]);
      if (policy.live_version !== null) append('policy', id, null);
      return id;
    });
  }

  /** Whether policies of the environment are published only after a second person approved them. */
  requireReview(by: Viewer, environment: string, isRequired: boolean): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      if (!(await lockRows(client, 'environment', [environment])).has(environment)) throw noEnvironment(environment);
      await client.query(
        isRequired
          ? 'insert into policy_review (environment_id, required_by) values ($1, $2) on conflict do nothing'
          : 'delete from policy_review where environment_id = $1 and $2::text is not null',
        [environment, by.email],
      );
      return environment;
    });
  }

  async #putInForce({ client, append }: CommandTransaction, by: Viewer, policy: PolicyRow, version: VersionRow) {
    const { id, environment_id: environment } = policy;
    const { number, name, text, tests } = version;
    if (version.reviewed_by === null && (await isReviewRequired(client, environment))) throw needsReview(id, number);
    const judgement = await judgePolicy(
      { name, environment, text, tests, version: number },
      await this.catalogue.read(client),
    );
    const refusal = whyNotPublished(judgement);
    if (refusal || !judgement.told) throw refusal ?? noPolicy(id);
    await client.query(
      'update policy_version set published_by = $3, published_at = now() where policy_id = $1 and number = $2',
      [id, number, by.email],
    );
    await client.query('update policy set live_version = $2 where id = $1', [id, number]);
    append('policy', id, judgement.told);
    return id;
  }
}

async function requireNewest(client: ClientBase, id: string, version: number): Promise<VersionRow> {
  const newest = await newestVersion(client, id);
  if (newest.number !== version) {
    await versionOf(client, id, version);
    throw isNewer(id, newest);
  }
  return newest;
}

async function createPolicy(
  client: ClientBase,
  { id, environment, basedOn }: SavePolicyDraft,
  by: Viewer,
): Promise<void> {
  if (basedOn !== null) throw noPolicy(id);
  if (environment !== null && !(await lockRows(client, 'environment', [environment])).has(environment))
    throw noEnvironment(environment);
  const made = await client.query(
    'insert into policy (id, environment_id, created_by) values ($1, $2, $3) on conflict (id) do nothing',
    [id, environment, by.email],
  );
  if (made.rowCount === 0) throw new Refusal('already_exists', `there is already a policy ${id}`, { policy: id });
}

function requireSamePlace({ environment_id: held }: PolicyRow, { environment }: SavePolicyDraft): void {
  if (held === environment) return;
  const message = `it holds in ${held ?? 'every environment'}: write another policy for elsewhere`;
  throw new Refusal('input_invalid', `environment: ${message}`, { fields: [{ path: 'environment', message }] });
}

function noEnvironment(environment: string): Refusal {
  return new Refusal('not_found', `there is no environment ${environment}`, { environment });
}
