import { Injectable } from '@nestjs/common';
import type { FeedEdit } from '@portcullis/policy';
import { Refusal } from '../platform/refusal.js';
import { keyOf } from '../feed/log-object.js';
import { grantValue } from '../grants/grant.projection.js';
import { judgePolicy } from '../policies/judge-policy.js';
import { whyNotPublished } from '../policies/policies.refusals.js';
import { PolicyCatalogueSource } from '../policies/policy-catalogue.js';
import type { DryRunAsked } from './dry-run.input.js';
import type { StatesAtHead } from './states-at-head.js';

/** A change as guards would hear of it; refused as it would be if it were made. */
@Injectable()
export class DryRunEdits {
  readonly #catalogue: PolicyCatalogueSource;

  constructor(catalogue: PolicyCatalogueSource) {
    this.#catalogue = catalogue;
  }

  async of(states: StatesAtHead, { grants, revoke, policy, retire }: Omit<DryRunAsked, 'hours'>): Promise<FeedEdit[]> {
    return [
      ...revoke.map((id) => goneIn(states, 'grant', id)),
      ...grants.map((grant, index) => ({ kind: 'grant', id: `draft-${index}`, value: grantValue(grant) })),
      ...retire.map((id) => goneIn(states, 'policy', id)),
      ...(policy === null ? [] : [await this.#published(policy)]),
    ];
  }

  async #published({ id, environment, text }: NonNullable<DryRunAsked['policy']>): Promise<FeedEdit> {
    const draft = { name: id ?? 'draft', environment, text, tests: [], version: 1 };
    const judged = await judgePolicy(draft, await this.#catalogue.read());
    const refusal = whyNotPublished(judged);
    if (refusal) throw refusal;
    return { kind: 'policy', id: id ?? 'draft', value: judged.told };
  }
}

function goneIn({ world }: StatesAtHead, kind: 'grant' | 'policy', id: string): FeedEdit {
  if (world.get(keyOf(kind, id)) === undefined)
    throw new Refusal('not_found', `there is no live ${kind} ${id}`, { [kind]: id });
  return { kind, id, value: null };
}
