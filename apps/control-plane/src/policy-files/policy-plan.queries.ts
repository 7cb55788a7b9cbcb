import { Injectable } from '@nestjs/common';
import type { AccessDifference, FeedEdit } from '@portcullis/policy';
import { Pool } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import { differencesAfter, shownDifferences } from '../explain/access-differences.js';
import { HeadStates } from '../explain/head-states.js';
import type { StatesAtHead } from '../explain/states-at-head.js';
import { PolicyCatalogueSource } from '../policies/policy-catalogue.js';
import type { PolicyEdit } from './policy-edits.input.js';
import type { PlannedPolicy, PolicyPlan } from './policy-plan.model.js';
import { writeEdits } from './write-edits.js';

interface Foreseen {
  readonly changes: readonly FeedEdit[];
  readonly policies: readonly PlannedPolicy[];
}

const askedCallByCall =
  'what policies forbid or hold: they are asked call by call, so an access that is listed may still be refused, and a policy that is published or retired changes nothing in the list';

@Injectable()
export class PolicyPlanQueries {
  constructor(
    private readonly pool: Pool,
    private readonly head: HeadStates,
    private readonly catalogue: PolicyCatalogueSource,
  ) {}

  /** Refused as applying would be: it is the same writing, and it is rolled back. */
  async plan(by: Viewer, edits: readonly PolicyEdit[]): Promise<PolicyPlan> {
    const states = await this.head.atHead();
    const { changes, policies } = await this.#changesOf(by, edits);
    const asked = changes.filter(({ kind }) => kind !== 'policy');
    const differences = differencesAfter(states, states.servers(), asked);
    const arePoliciesAsked = policies.length > 0 || hasPolicies(states);
    return {
      ...{ revision: states.head, at: new Date(states.now), changes: changes.length },
      counts: countsOf(differences),
      differences: shownDifferences(differences),
      policies: policies.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      cannotKnow: arePoliciesAsked ? [askedCallByCall] : [],
    };
  }

  async #changesOf({ email }: Viewer, edits: readonly PolicyEdit[]): Promise<Foreseen> {
    const changes: FeedEdit[] = [];
    const policies: PlannedPolicy[] = [];
    const planned = (policy: PlannedPolicy) => void policies.push(policy);
    const client = await this.pool.connect();
    try {
      await client.query(`begin isolation level read committed; set local statement_timeout = 5000`);
      const append = (kind: string, id: string, value: unknown) => void changes.push({ kind, id, value });
      await writeEdits({ client, append, by: email, catalogue: this.catalogue, planned }, edits);
    } finally {
      await client.query('rollback').then(
        () => client.release(),
        () => client.release(true),
      );
    }
    return { changes, policies };
  }
}

function hasPolicies({ world }: StatesAtHead): boolean {
  for (const { kind, text } of world.objects()) if (kind === 'policy' && text !== null) return true;
  return false;
}

function countsOf(differences: readonly AccessDifference[]): PolicyPlan['counts'] {
  const counts = new Map<AccessDifference['change'], number>();
  for (const { change } of differences) counts.set(change, (counts.get(change) ?? 0) + 1);
  return [...counts].map(([change, count]) => ({ change, count }));
}
