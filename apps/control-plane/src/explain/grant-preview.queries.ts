import { Injectable } from '@nestjs/common';
import type { FeedEdit } from '@portcullis/policy';
import { Pool } from 'pg';
import type { z } from 'zod';

import { keyOf, valueAs } from '../feed/log-object.js';
import type { createGrantSchema } from '../grants/create-grant.input.js';
import { grantValue } from '../grants/grant.projection.js';
import { Refusal } from '../platform/refusal.js';
import { differencesAfter, shownDifferences } from './access-differences.js';
import type { GrantPreview } from './grant-preview.model.js';
import { HeadStates } from './head-states.js';
import type { StatesAtHead } from './states-at-head.js';

/** What granting or revoking would do, before it is done. */
@Injectable()
export class GrantPreviewQueries {
  constructor(
    private readonly pool: Pool,
    private readonly head: HeadStates,
  ) {}

  async creating(grant: z.infer<typeof createGrantSchema>): Promise<GrantPreview> {
    await this.#requireParts(grant);
    const states = await this.head.atHead();
    const edit = { kind: 'grant', id: 'new-grant', value: grantValue(grant) };
    return preview(states, edit, grant.role, grant.environment, true);
  }

  async revoking(id: string): Promise<GrantPreview> {
    const states = await this.head.atHead();
    const held = valueAs(states.world.get(keyOf('grant', id)), 'grant');
    if (!held) throw new Refusal('not_found', `there is no live grant ${id}`, { grant: id });
    return preview(states, { kind: 'grant', id, value: null }, held.role, held.environment, false);
  }

  /** As `createGrant` refuses it. */
  async #requireParts({ role, environment, toolId }: z.infer<typeof createGrantSchema>): Promise<void> {
    const found = await this.pool.query<{ role: boolean; environment: boolean; home: string | null }>(
      `select exists (select from role where id = $1) as role, exists (select from environment where id = $2) as environment,
         (select server.environment_id from tool join server on server.id = tool.server_id where tool.id = $3) as home`,
      [role, environment, toolId],
    );
    const [known] = found.rows;
    if (!known?.role) throw new Refusal('not_found', `there is no role ${role}`, { role });
    if (!known.environment) throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
    if (toolId === null || known.home === environment) return;
    if (known.home === null) throw new Refusal('not_found', `there is no tool ${toolId}`, { toolId });
    const message = `${toolId} is not in ${environment}`;
    throw new Refusal('input_invalid', `toolId: ${message}`, { fields: [{ path: 'toolId', message }] });
  }
}

function preview(
  states: StatesAtHead,
  edit: FeedEdit,
  role: string,
  environment: string,
  widens: boolean,
): GrantPreview {
  const servers = states.servers().filter((server) => states.world.environmentOf(server) === environment);
  const differences = differencesAfter(states, servers, [edit]);
  return {
    ...{ revision: states.head, at: new Date(states.now), environment, widens },
    holders: holdersOf(states, role, environment),
    total: differences.length,
    differences: shownDifferences(differences),
  };
}

function holdersOf({ world, now }: StatesAtHead, role: string, environment: string): number {
  const agents = [...world.objects()].flatMap((object) => {
    const held = valueAs(object, 'assignment');
    const isHeld = held?.role === role && held.environment === environment;
    return isHeld && now >= (held.notBefore ?? 0) && now < (held.notAfter ?? Infinity) ? [held.agent] : [];
  });
  return new Set(agents).size;
}
