import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { In, Repository } from 'typeorm';
import type { z } from 'zod';
import { groupBy } from '../database/group-by.js';
import { lineDiff, type DiffLine } from '../text-diff/line-diff.js';
import { judgePolicy } from './judge-policy.js';
import { noPolicy, noVersion } from './policies.refusals.js';
import { PolicyCatalogueSource } from './policy-catalogue.js';
import { PolicyReviewEntity } from './policy-review.entity.js';
import { PolicyVersionEntity } from './policy-version.entity.js';
import { PolicyEntity } from './policy.entity.js';
import type { checkPolicySchema } from './policy.inputs.js';
import type { Policy, PolicyCheck } from './policy.model.js';
import { policyModel } from './policy.projection.js';

@Injectable()
export class PoliciesQueries {
  constructor(
    @InjectRepository(PolicyEntity) private readonly policies: Repository<PolicyEntity>,
    @InjectRepository(PolicyVersionEntity) private readonly versions: Repository<PolicyVersionEntity>,
    @InjectRepository(PolicyReviewEntity) private readonly reviews: Repository<PolicyReviewEntity>,
    private readonly catalogue: PolicyCatalogueSource,
    private readonly pool: Pool,
  ) {}

  /** Live ones first, then by id. */
  async all(): Promise<Policy[]> {
    const rows = await this.policies.find({ order: { id: 'ASC' } });
    return this.#models([...rows.filter((row) => !row.retiredAt), ...rows.filter((row) => row.retiredAt)]);
  }

  async one(id: string): Promise<Policy | null> {
    const [policy] = await this.#models(await this.policies.findBy({ id }));
    return policy ?? null;
  }

  async diff(id: string, from: number, to: number): Promise<DiffLine[]> {
    const found = await this.versions.findBy({ policyId: id, number: In([from, to]) });
    const textOf = (number: number) => {
      const version = found.find((one) => one.number === number);
      if (!version) throw noVersion(id, number);
      return version.text;
    };
    if ((await this.policies.countBy({ id })) === 0) throw noPolicy(id);
    return [...lineDiff(textOf(from), textOf(to))];
  }

  async check({ environment, text, tests }: z.infer<typeof checkPolicySchema>): Promise<PolicyCheck> {
    const draft = { name: 'draft', environment, text, tests, version: 1 };
    const { problems, results, told } = await judgePolicy(draft, await this.catalogue.read());
    const tools = [...new Set((told?.parameters ?? []).map(({ tool }) => tool))];
    return { problems: [...problems], results: [...results], tools };
  }

  async reviewedEnvironments(): Promise<string[]> {
    const rows = await this.reviews.find({ order: { environmentId: 'ASC' } });
    return rows.map(({ environmentId }) => environmentId);
  }

  async #models(rows: readonly PolicyEntity[]): Promise<Policy[]> {
    const ids = rows.map(({ id }) => id);
    const versions = await this.versions.find({ where: { policyId: In(ids) }, order: { number: 'DESC' } });
    const byPolicy = groupBy(versions, ({ policyId }) => policyId);
    const reviewed = new Set(await this.reviewedEnvironments());
    const revisions = await this.#revisions(ids);
    return rows.map((row) => policyModel(row, byPolicy.get(row.id) ?? [], reviewed, revisions));
  }

  /** By policy and version: the revision of the change log under which guards were told of it. */
  async #revisions(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ key: string; revision: string }>(
      `select object_id || ' ' || (value::jsonb ->> 'version') as key, max(revision)::text as revision from change_history
       where kind = 'policy' and object_id = any($1::text[]) and value is not null group by 1`,
      [ids],
    );
    return new Map(rows.map(({ key, revision }) => [key, Number(revision)]));
  }
}
