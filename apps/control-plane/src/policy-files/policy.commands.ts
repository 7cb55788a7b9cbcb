import { Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Permission } from '../authorisation/permissions.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import { PolicyCatalogueSource } from '../policies/policy-catalogue.js';
import type { PolicyEdit, WantedDraft } from './policy-edits.input.js';
import type { SavedPolicyDraft } from './policy-plan.model.js';
import { writeDrafts } from './write-drafts.js';
import { writeEdits } from './write-edits.js';

interface Apply {
  readonly edits: readonly PolicyEdit[];
  readonly basedOn: number;
}

/** Kinds that move all the time and on which no plan rests. */
const besides = ['conversation', 'token-revocation', 'credential', 'cut-off', 'agent'];

@Injectable()
export class PolicyCommands {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly catalogue: PolicyCatalogueSource,
  ) {}

  /** All of it under one revision, or nothing. Says how many objects changed for guards. */
  apply(by: Viewer, { edits, basedOn }: Apply): Promise<CommandResult<number>> {
    requirePermissions(by, edits);
    return this.unit.run(async ({ client, append }) => {
      let changes = 0;
      const counted: typeof append = (...change) => {
        changes += 1;
        append(...change);
      };
      await writeEdits({ client, append: counted, by: by.email, catalogue: this.catalogue }, edits);
      await refuseIfMoved(client, basedOn);
      return changes;
    });
  }

  /** Adds versions that nobody asks yet, all of them or none. */
  saveDrafts(by: Viewer, drafts: readonly WantedDraft[]): Promise<CommandResult<readonly SavedPolicyDraft[]>> {
    return this.unit.run(({ client }) => writeDrafts(client, drafts, by.email));
  }
}

/** As the mutations for single objects ask it. */
function requirePermissions({ permissions }: Viewer, edits: readonly PolicyEdit[]): void {
  const needs = (kinds: readonly string[]) => edits.some(({ kind }) => kinds.includes(kind));
  if (needs(['environment', 'tool']) && !permissions.has('servers:write'))
    throw lacking('servers:write', 'environments and tools need');
  if (needs(['policy']) && !permissions.has('policies:write')) throw lacking('policies:write', 'policies need');
}

function lacking(permission: Permission, what: string): Refusal {
  return new Refusal('forbidden', `${what} the permission ${permission}`, { permission });
}

/** The counter is locked first, in one message (P-B2): what is read then is what the new revision follows. */
async function refuseIfMoved(client: pg.ClientBase, basedOn: number): Promise<void> {
  const results = (await client.query(
    `set local idle_in_transaction_session_timeout = 1000; select revision from change_counter for update;
     select kind, object_id as id, revision::int as at from change_history
     where revision > ${Math.trunc(basedOn)} and kind <> all ('{${besides.join(',')}}') order by revision desc limit 1`,
  )) as unknown as readonly pg.QueryResult<{ revision: string; kind: string; id: string; at: number }>[];
  const head = Number(results[1]?.rows[0]?.revision);
  const moved = results[2]?.rows[0];
  if (moved === undefined && basedOn <= head) return;
  const what = moved ? `${moved.kind} ${moved.id} has changed at revision ${moved.at}` : `the head is ${head}`;
  throw new Refusal('conflict', `the plan was made at revision ${basedOn}, and ${what}; plan again`, { basedOn, head });
}
