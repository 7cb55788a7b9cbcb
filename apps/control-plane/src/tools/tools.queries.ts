import { toolId } from '@portcullis/contracts';
import { suggestClasses } from '@portcullis/policy';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { In, Repository } from 'typeorm';
import { groupBy } from '../database/group-by.js';
import { once } from '../graphql/later.js';
import { ObservedToolEntity } from '../servers/observed-tool.entity.js';
import { ServerEntity } from '../servers/server.entity.js';
import { ToolEntity } from '../servers/tool.entity.js';
import { definitionsOf } from './definitions.queries.js';
import { shadowsOf } from './shadows.js';
import type { ClassSuggestion, ObservedTool, Tool, ToolDefinition } from './tool.model.js';
import { toolRolesOf } from './tool-roles.js';

/** The tools of one server: registered, and announced beyond that. */
export interface ServerTools {
  readonly registered: Tool[];
  readonly unregistered: ObservedTool[];
}

@Injectable()
export class ToolsQueries {
  constructor(
    @InjectRepository(ToolEntity) private readonly tools: Repository<ToolEntity>,
    @InjectRepository(ObservedToolEntity) private readonly observed: Repository<ObservedToolEntity>,
    @InjectRepository(ServerEntity) private readonly servers: Repository<ServerEntity>,
    private readonly pool: Pool,
  ) {}

  async all(): Promise<Tool[]> {
    const servers = await this.servers.find({ order: { id: 'ASC' } });
    const byServer = await this.ofServers(servers);
    return servers.flatMap(({ id }) => byServer.get(id)?.registered ?? []);
  }

  async one(id: string): Promise<Tool | null> {
    const [row] = await this.tools.find({ where: { id }, relations: { server: true } });
    if (row?.server === undefined) return null;
    const tools = (await this.ofServers([row.server])).get(row.serverId)?.registered ?? [];
    return tools.find((tool) => tool.id === id) ?? null;
  }

  /** Each further part is one query for the whole set, run when the first tool is asked for it. */
  async ofServers(servers: readonly ServerEntity[]): Promise<ReadonlyMap<string, ServerTools>> {
    const ids = servers.map(({ id }) => id);
    const where = { serverId: In(ids) };
    const order = { name: 'ASC' } as const;
    const [registered, observed] = await Promise.all([
      this.tools.find({ where, order }),
      this.observed.find({ where, order }),
    ]);
    const parts = this.partsOf(ids);
    const known = groupBy(registered, ({ serverId }) => serverId);
    const seen = groupBy(observed, ({ serverId }) => serverId);
    return new Map(
      servers.map((server) => [
        server.id,
        toolsOf(server, known.get(server.id) ?? [], seen.get(server.id) ?? [], parts),
      ]),
    );
  }

  private partsOf(servers: readonly string[]): Parts {
    return {
      definitions: once(() => definitionsOf(this.pool, servers)),
      roles: once(() => toolRolesOf(this.pool, servers)),
      shadows: once(() => shadowsOf(this.pool)),
    };
  }
}

interface Parts {
  readonly definitions: () => Promise<Awaited<ReturnType<typeof definitionsOf>>>;
  readonly roles: () => Promise<Awaited<ReturnType<typeof toolRolesOf>>>;
  readonly shadows: () => Promise<Awaited<ReturnType<typeof shadowsOf>>>;
}

function toolsOf(
  server: ServerEntity,
  registered: readonly ToolEntity[],
  observed: readonly ObservedToolEntity[],
  parts: Parts,
): ServerTools {
  const announced = new Map(observed.map((tool) => [tool.name, tool]));
  const names = new Set(registered.map(({ name }) => name));
  return {
    registered: registered.map((tool) => toolModel(server, tool, announced.get(tool.name), parts)),
    unregistered: observed.filter(({ name }) => !names.has(name)).map((tool) => observedModel(tool, parts)),
  };
}

function toolModel(
  server: ServerEntity,
  { id, name, classes, pinnedAt }: ToolEntity,
  said: ObservedToolEntity | undefined,
  parts: Parts,
): Tool {
  const definitions = async () => (await parts.definitions()).get(id) ?? [];
  return {
    ...{ id, name, classes, pinnedAt, server: server.id, environment: server.environmentId },
    description: said?.description ?? null,
    inputSchema: said?.inputSchema ?? null,
    get definitions() {
      return definitions();
    },
    get pin() {
      return definitions().then((all) => pinOf(pinnedAt, all));
    },
    get suggestedClasses() {
      return definitions().then((all) => suggestionsFor(name, all, said?.definitionHash));
    },
    get shadows() {
      return parts.shadows().then((all) => all.get(id) ?? []);
    },
    get roles() {
      return parts.roles().then((all) => all.get(id) ?? []);
    },
  };
}

function observedModel(
  { serverId, name, description, inputSchema, definitionHash }: ObservedToolEntity,
  parts: Parts,
): ObservedTool {
  const id = toolId(serverId, name);
  return {
    ...{ name, description, inputSchema, definition: definitionHash },
    get suggestedClasses() {
      return parts.definitions().then((all) => suggestionsFor(name, all.get(id) ?? [], definitionHash));
    },
    get shadows() {
      return parts.shadows().then((all) => all.get(id) ?? []);
    },
  };
}

function pinOf(pinnedAt: Date | null, all: readonly ToolDefinition[]): Awaited<Tool['pin']> {
  if (pinnedAt === null) return 'not-pinned';
  const announced = all.filter(({ announcedBy }) => announcedBy.length > 0);
  if (announced.length === 0) return 'not-announced';
  return announced.every(({ acceptedAt }) => acceptedAt !== null) ? 'accepted' : 'quarantined';
}

/** By what its server says of it now; it is a hint and no more. */
function suggestionsFor(name: string, all: readonly ToolDefinition[], hash: string | undefined): ClassSuggestion[] {
  const said = all.find((definition) => definition.hash === hash)?.said as { annotations?: unknown } | null | undefined;
  return [...suggestClasses({ name, annotations: said?.annotations })];
}
