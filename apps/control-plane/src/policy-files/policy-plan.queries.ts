import { Injectable } from '@nestjs/common';
import type { AccessDifference, FeedEdit } from '@portcullis/policy';
import { Pool } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import { differencesAfter, shownDifferences } from '../explain/access-differences.js';
import { HeadStates } from '../explain/head-states.js';
import type { PolicyEdit } from './policy-edits.input.js';
import type { PolicyPlan } from './policy-plan.model.js';
import { writeEdits } from './write-edits.js';

@Injectable()
export class PolicyPlanQueries {
  constructor(
    private readonly pool: Pool,
    private readonly head: HeadStates,
  ) {}

  /** Refused as applying would be: it is the same writing, and it is rolled back. */
  async plan(by: Viewer, edits: readonly PolicyEdit[]): Promise<PolicyPlan> {
    const states = await this.head.atHead();
    const changes = await this.#changesOf(by, edits);
    const differences = differencesAfter(states, states.servers(), changes);
    return {
      ...{ revision: states.head, at: new Date(states.now), changes: changes.length },
      counts: countsOf(differences),
      differences: shownDifferences(differences),
    };
  }

  async #changesOf({ email }: Viewer, edits: readonly PolicyEdit[]): Promise<readonly FeedEdit[]> {
    const changes: FeedEdit[] = [];
    const client = await this.pool.connect();
    try {
      await client.query(`begin isolation level read committed; set local statement_timeout = 5000`);
      const append = (kind: string, id: string, value: unknown) => void changes.push({ kind, id, value });
      await writeEdits({ client, append, by: email }, edits);
    } finally {
      await client.query('rollback').then(
        () => client.release(),
        () => client.release(true),
      );
    }
    return changes;
  }
}

function countsOf(differences: readonly AccessDifference[]): PolicyPlan['counts'] {
  const counts = new Map<AccessDifference['change'], number>();
  for (const { change } of differences) counts.set(change, (counts.get(change) ?? 0) + 1);
  return [...counts].map(([change, count]) => ({ change, count }));
}
