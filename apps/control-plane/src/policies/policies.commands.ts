import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { openPolicy } from './open-policy.js';
import { isLive, isNewer, needsReview, noEnvironment, noPolicy } from './policies.refusals.js';
import { PolicyCatalogueSource } from './policy-catalogue.js';
import {
  insertVersion,
  isReviewedEnough,
  lockPolicy,
  newestVersion,
  versionOf,
  type PolicyRow,
  type VersionRow,
} from './policy-rows.js';
import type { SavePolicyDraft } from './policy.inputs.js';
import { putInForce, retirePolicy } from './put-in-force.js';

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
      const { isNew } = await openPolicy(client, draft, by.email);
      if (isNew && basedOn !== null) throw noPolicy(id);
      const newest = isNew ? undefined : await newestVersion(client, id);
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

  retire(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      await retirePolicy(transaction, await lockPolicy(transaction.client, id));
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

  async #putInForce(transaction: CommandTransaction, by: Viewer, policy: PolicyRow, version: VersionRow) {
    const { client } = transaction;
    const { id } = policy;
    if (!(await isReviewedEnough(client, policy, version))) throw needsReview(id, version.number);
    await putInForce(transaction, by.email, policy, version, await this.catalogue.read(client));
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
