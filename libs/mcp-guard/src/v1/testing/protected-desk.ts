import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { AccessTokenClaims } from '@portcullis/contracts';
import { deskObjects, scriptedLink, type ScriptedLink, type Written } from '@portcullis/testkit';
import express from 'express';
import { createGuard, type McpGuard, type McpGuardOptions } from '../create-guard.js';
import type { BuildServer } from '../protected-server.js';
import { buildDesk, newRecord, type DeskRecord } from './desk-server.js';

export interface DeskOptions {
  readonly build?: (record: DeskRecord) => ReturnType<BuildServer>;
  readonly objects?: readonly Written[];
  readonly beforeRoute?: express.RequestHandler;
  readonly guard?: Partial<McpGuardOptions>;
}

/** A real server behind a real guard on a scripted link, over real HTTP, with the three lines of the README. */
export class ProtectedDesk {
  readonly record = newRecord();
  readonly #clients: Client[] = [];

  private constructor(
    readonly url: string,
    readonly link: ScriptedLink,
    readonly guard: McpGuard,
    private readonly http: HttpServer,
    readonly stateFolder: string,
    /** What the guard logged. */
    readonly log: readonly unknown[],
  ) {}

  static async open(options: DeskOptions = {}): Promise<ProtectedDesk> {
    const app = express();
    const http = createServer(app);
    await new Promise<void>((resolve) => http.listen(0, resolve));
    const url = `http://localhost:${(http.address() as AddressInfo).port}/mcp`;
    const objects = [...(options.objects ?? deskObjects())].map((object) =>
      object.kind === 'server' ? { ...object, value: { ...(object.value as object), resource: url } } : object,
    );
    const link = await scriptedLink({ resource: url, objects });
    const state = await mkdtemp(join(tmpdir(), 'mcp-guard-'));
    const log: unknown[] = [];
    const guard = await createGuard({
      ...options.guard,
      url: link.url,
      joinToken: link.newJoinToken(),
      state,
      log: (event) => log.push(event),
    });
    const desk = new ProtectedDesk(url, link, guard, http, state, log);
    if (options.beforeRoute) app.use(options.beforeRoute);
    app.all(
      '/mcp',
      guard.protect(() => (options.build ?? buildDesk)(desk.record)),
    );
    app.use((_request, response) => void response.status(404).send('nothing here'));
    return desk;
  }

  /** Another guard's endpoint, with its metadata under `/metadata`. */
  static async serve(
    guard: McpGuard,
  ): Promise<{ readonly url: string; readonly origin: string; readonly http: HttpServer }> {
    const app = express();
    app.get('/metadata', guard.metadata());
    app.all(
      '/mcp',
      guard.protect(() => buildDesk(newRecord())),
    );
    const http = createServer(app);
    await new Promise<void>((resolve) => http.listen(0, resolve));
    const origin = `http://localhost:${(http.address() as AddressInfo).port}`;
    return { url: `${origin}/mcp`, origin, http };
  }

  get origin(): string {
    return new URL(this.url).origin;
  }

  /** A real MCP client with a token of these claims. */
  async connect(claims: Partial<AccessTokenClaims> = {}, onListChanged?: () => void): Promise<Client> {
    const headers = { authorization: `Bearer ${await this.link.token(claims)}` };
    return this.connectWith({ requestInit: { headers } }, onListChanged);
  }

  /** A real MCP client on a transport with these options. */
  async connectWith(options: StreamableHTTPClientTransportOptions, onListChanged?: () => void): Promise<Client> {
    const listChanged = { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => onListChanged?.() } };
    const client = new Client({ name: 'spec', version: '1.0.0' }, { listChanged });
    this.#clients.push(client);
    await client.connect(new StreamableHTTPClientTransport(new URL(this.url), options));
    return client;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#clients.map((client) => client.close()));
    this.http.close();
    await this.guard.close();
    this.http.closeAllConnections();
    await this.link.close();
    await rm(this.stateFolder, { recursive: true, force: true });
  }
}

export const research = { agent: 'research', role: 'research', task: 'lookup' } as const;
