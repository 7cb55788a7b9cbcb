import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  LoggingMessageNotificationSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { decisionMetaKey, labelsMetaKey, withheldMetaKey } from '@portcullis/contracts';
import { deskObjects, waitFor, type Written } from '@portcullis/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ProtectedDesk } from './testing/protected-desk.js';

let desk: ProtectedDesk;
afterEach(() => desk.close());

const tickets = [
  { id: 'T-1', subject: 'Refund', level: 'public' },
  { id: 'T-2', subject: 'Lawsuit', level: 'confidential' },
];
const publicOnly = { kind: 'items', path: 'tickets', where: [{ kind: 'equal', path: 'level', value: 'public' }] };
const noLevel = { kind: 'fields', drop: ['tickets.*.level'] };
const left = { tickets: [{ id: 'T-1', subject: 'Refund' }] };
const withheldPart = { type: 'text', text: '[withheld by Portcullis: this part cannot be filtered]' };

/** The grant by which support lists tickets, with obligations. */
function listing(obligations: readonly unknown[]): Written {
  const grant = deskObjects().find(({ id }) => id === 'support-list');
  return { kind: 'grant', id: 'support-list', value: { ...(grant?.value as object), obligations } };
}

function objects(obligations: readonly unknown[]): readonly Written[] {
  return [...deskObjects().filter(({ id }) => id !== 'support-list'), listing(obligations)];
}

/** A high-level server whose tool announces the structure of its result, and says more than that on the way. */
function structuredServer(): McpServer {
  const server = new McpServer({ name: 'desk', version: '1' }, { capabilities: { logging: {} } });
  const ticket = z.strictObject({ id: z.string(), subject: z.string(), level: z.string() });
  server.registerTool(
    'list_tickets',
    { inputSchema: { loud: z.boolean().optional() }, outputSchema: { tickets: z.array(ticket) } },
    async ({ loud }, { sendNotification, _meta }) => {
      if (loud === true) {
        const progressToken = _meta?.progressToken ?? 0;
        const message = JSON.stringify(tickets);
        await sendNotification({ method: 'notifications/progress', params: { progressToken, progress: 1, message } });
        await sendNotification({ method: 'notifications/message', params: { level: 'info', data: tickets } });
        await server.server.sendLoggingMessage({ level: 'info', data: tickets });
      }
      const text = JSON.stringify({ tickets });
      return {
        structuredContent: { tickets },
        content: [
          { type: 'text', text },
          { type: 'text', text: 'T-2: Lawsuit' },
        ],
      };
    },
  );
  return server;
}

/** A low-level server that answers whatever it was given. */
function answering(answer: () => Record<string, unknown>): () => Server {
  return () => {
    const server = new Server({ name: 'low', version: '1' }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: [{ name: 'list_tickets', inputSchema: { type: 'object' } }],
    }));
    server.setRequestHandler(CallToolRequestSchema, () => answer());
    return server;
  };
}

async function open(build: () => McpServer | Server, ...obligations: readonly unknown[]): Promise<Client> {
  desk = await ProtectedDesk.open({ build, objects: objects(obligations) });
  return desk.connect();
}

const list = (client: Client, args = {}) => client.callTool({ name: 'list_tickets', arguments: args });

describe('the result of a call whose grant filters it, with the SDK on both sides', () => {
  it('reaches the client without what must not leave, in data and text, though it announced another structure', async () => {
    const client = await open(structuredServer, publicOnly, noLevel);
    const { tools } = await client.listTools();

    expect(tools).toMatchObject([{ name: 'list_tickets' }, { name: 'refund' }].slice(0, tools.length));
    expect(tools[0]).not.toHaveProperty('outputSchema');
    expect(await list(client)).toEqual({
      structuredContent: left,
      content: [{ type: 'text', text: JSON.stringify(left) }, withheldPart],
    });
  });

  it('is as its server gave it, with the structure it announced, where the grant asks nothing', async () => {
    const client = await open(structuredServer);
    const { tools } = await client.listTools();

    expect(tools[0]).toHaveProperty('outputSchema');
    expect(await list(client)).toMatchObject({ structuredContent: { tickets } });
  });

  it('reaches a client that had seen the structure: it is told that its list changed', async () => {
    desk = await ProtectedDesk.open({ build: structuredServer, objects: objects([]) });
    let told = 0;
    const client = await desk.connect({}, () => (told += 1));
    await client.listTools();
    const before = told;
    desk.link.commit(listing([publicOnly, noLevel]));
    await waitFor(() => told > before, { what: 'the list change told' });

    await client.listTools();
    expect(await list(client)).toMatchObject({ structuredContent: left });
  });

  it('is all that the client hears of the call: no progress, no log, not even one that belongs to no call', async () => {
    const client = await open(structuredServer, publicOnly);
    const heard: unknown[] = [];
    client.setNotificationHandler(LoggingMessageNotificationSchema, (message) => void heard.push(message));
    const onprogress = (progress: unknown) => void heard.push(progress);
    const quiet = await client.callTool({ name: 'list_tickets', arguments: { loud: true } }, undefined, { onprogress });
    const revision = desk.link.commit(listing([]));
    await waitFor(() => desk.guard.revision === revision, { what: 'the swap' });

    expect(heard).toEqual([]);
    expect(quiet).toMatchObject({ structuredContent: { tickets: [tickets[0]] } });
    await client.callTool({ name: 'list_tickets', arguments: { loud: true } }, undefined, { onprogress });
    await waitFor(() => heard.length === 2, { what: 'what belongs to a call that is not filtered' });
  });

  it('carries its labels, and the report says what left', async () => {
    const client = await open(structuredServer, { kind: 'label', trust: 'untrusted' });

    expect(await list(client)).toMatchObject({
      structuredContent: { tickets },
      _meta: { [labelsMetaKey]: { trust: 'untrusted' } },
    });
    const outcome = await waitFor(() => desk.link.events.find(({ type }) => type === 'outcome'), {
      what: 'the outcome',
    });
    expect(outcome).toMatchObject({ result: 'ok', labels: { trust: 'untrusted' } });
  });
});

describe('a result that cannot be filtered', () => {
  it('is withheld: the client learns that the call ran, and not why nothing left', async () => {
    const client = await open(
      answering(() => ({ structuredContent: { rows: tickets }, content: [] })),
      publicOnly,
    );

    const result = await list(client);

    expect(result).toMatchObject({ isError: true, _meta: { [withheldMetaKey]: { revision: desk.guard.revision } } });
    expect(JSON.stringify(result)).not.toMatch(/Lawsuit|tickets is|list/);
    expect(result._meta).not.toHaveProperty(decisionMetaKey);
    const outcome = await waitFor(() => desk.link.events.find(({ type }) => type === 'outcome'), {
      what: 'the outcome',
    });
    expect(outcome).toMatchObject({ result: 'ok', withheld: 'the result was withheld: tickets is no list' });
  });

  it('and is larger than the grant lets it be is withheld as well', async () => {
    const client = await open(structuredServer, { kind: 'size', maxBytes: 100 });
    await client.listTools();

    expect(await list(client)).toMatchObject({ isError: true, _meta: { [withheldMetaKey]: {} } });
  });

  it('and is an error leaves without its words, of the tool as of the protocol', async () => {
    const failing = answering(() => {
      throw new McpError(-32000, 'T-2: Lawsuit', tickets);
    });
    const client = await open(failing, publicOnly);
    const refused = await list(client).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(McpError);
    expect(refused).toMatchObject({ code: -32603, message: 'MCP error -32603: Internal error', data: undefined });
    await desk.close();
    const words = [{ type: 'text', text: 'T-2: Lawsuit' }];
    const other = await open(
      answering(() => ({ isError: true, content: words })),
      publicOnly,
    );
    expect(await list(other)).toEqual({ isError: true, content: [withheldPart] });
  });
});
