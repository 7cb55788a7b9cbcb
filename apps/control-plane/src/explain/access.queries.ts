import { Injectable } from '@nestjs/common';
import { toolId } from '@portcullis/contracts';
import { effectiveAccess, whoCan } from '@portcullis/policy';
import { Pool } from 'pg';
import type { z } from 'zod';
import { Refusal } from '../platform/refusal.js';
import { announcedDefinitions } from '../tools/definitions.queries.js';
import { accessWords } from './access-words.js';
import type { AccessRow, EffectiveAccess, WhoCan, WhoCanRow } from './access.model.js';
import { HeadStates } from './head-states.js';
import { agentIn, serverIn } from './known-objects.js';
import type { StatesAtHead } from './states-at-head.js';
import type { whoCanSchema } from './who-can.input.js';

@Injectable()
export class AccessQueries {
  constructor(
    private readonly head: HeadStates,
    private readonly pool: Pool,
  ) {}

  async effectiveAccess(agent: string): Promise<EffectiveAccess> {
    const states = await this.head.atHead();
    agentIn(states.world, agent);
    const announced = await announcedDefinitions(this.pool);
    const rows = states.servers().flatMap((server) => rowsAt(states, server, agent, announced.get(server)));
    return { agent, revision: states.head, at: new Date(states.now), rows };
  }

  async whoCan({ tool, environment, path, over }: z.infer<typeof whoCanSchema>): Promise<WhoCan> {
    const states = await this.head.atHead();
    const places = placesOf(states, tool, environment);
    if (places.length === 0)
      throw new Refusal('not_found', `there is no tool ${tool} in ${environment}`, { tool, environment });
    const announced = await announcedDefinitions(this.pool);
    const agents = places.flatMap(({ server, name }): WhoCanRow[] =>
      whoCan(states.stateOf(server), {
        ...{ tool: name, path, over, now: states.now },
        definition: announced.get(server)?.get(name),
      }).map((row) => ({
        ...row,
        tool: toolId(server, name),
        ...accessWords(row),
      })),
    );
    return { revision: states.head, at: new Date(states.now), agents };
  }
}

function rowsAt(
  states: StatesAtHead,
  server: string,
  agent: string,
  announced: ReadonlyMap<string, string> | undefined,
): AccessRow[] {
  const { environment } = serverIn(states.world, server);
  return effectiveAccess(states.stateOf(server), agent, states.now, announced).map((row) => ({
    ...row,
    server,
    environment,
    name: row.tool.slice(toolId(server, '').length),
    grants: row.grants.map((grant) => ({ ...grant, ...accessWords(grant) })),
  }));
}

/** Where in the environment a tool of this id or name is registered. */
function placesOf(states: StatesAtHead, tool: string, environment: string) {
  return states.servers().flatMap((server) => {
    if (states.world.environmentOf(server) !== environment) return [];
    return [...states.stateOf(server).tools.keys()]
      .filter((name) => name === tool || toolId(server, name) === tool)
      .map((name) => ({ server, name }));
  });
}
