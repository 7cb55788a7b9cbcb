import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { agentStop, waitFor } from '@portcullis/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { ProtectedDesk, research } from './testing/protected-desk.js';

let desk: ProtectedDesk;
afterEach(() => desk.close());

const pages = ['list_tickets', 'purge', 'refund', 'unregistered'];

/** A low-level server that lists one tool a page and offers more than tools. */
function pagingServer(): Server {
  const server = new Server(
    { name: 'paging', version: '1' },
    { capabilities: { tools: {}, resources: {}, logging: {} } },
  );
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const at = Number(params?.cursor ?? 0);
    const nextCursor = at + 1 < pages.length ? { nextCursor: String(at + 1) } : {};
    return { tools: [{ name: pages[at] ?? '', inputSchema: { type: 'object' } }], ...nextCursor };
  });
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({ content: [{ type: 'text', text: params.name }] }));
  return server;
}

describe('tools/list through the guard', () => {
  it('P-G4 shows what the caller may use, constraints or not, and nothing else', async () => {
    desk = await ProtectedDesk.open();
    const names = async (claims: object): Promise<string[]> =>
      (await (await desk.connect(claims)).listTools()).tools.map(({ name }) => name);
    expect(await names({})).toEqual(['list_tickets', 'refund']);
    expect(await names({ task: 'lookup' })).toEqual(['list_tickets']);
    expect(await names(research)).toEqual(['list_tickets']);
  });

  it('filters every page of a low-level server, and guards its calls alike', async () => {
    desk = await ProtectedDesk.open({ build: pagingServer });
    const client = await desk.connect();
    const seen: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools(cursor === undefined ? {} : { cursor });
      seen.push(page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([['list_tickets'], [], ['refund'], []]);
    expect(await client.callTool({ name: 'refund', arguments: { amount: 5 } })).toEqual({
      content: [{ type: 'text', text: 'refund' }],
    });
    expect(await client.callTool({ name: 'purge', arguments: {} })).toMatchObject({ isError: true });
  });

  it('offers a list that can change, and no feature the guard closes', async () => {
    desk = await ProtectedDesk.open({ build: pagingServer });
    const client = await desk.connect();
    expect(client.getServerCapabilities()).toEqual({ tools: { listChanged: true }, logging: {} });
  });

  it('announces the whole catalogue before the first client comes', async () => {
    desk = await ProtectedDesk.open({ build: pagingServer });
    await waitFor(() => desk.link.events.some(({ type }) => type === 'catalogue'), { what: 'the catalogue' });
    const [catalogue] = desk.link.events.filter((event) => event.type === 'catalogue');
    expect(catalogue?.tools.map(({ name }) => name)).toEqual(pages);
  });
});

describe('notifications/tools/list_changed', () => {
  it('reaches the sessions whose own list changed and no other', async () => {
    desk = await ProtectedDesk.open();
    const told: string[] = [];
    const support = await desk.connect({}, () => told.push('support'));
    const reader = await desk.connect(research, () => told.push('research'));
    desk.link.commit(agentStop('k1', 'cs-prod'));
    await waitFor(() => told.length > 0, { what: 'the notification' });
    expect((await support.listTools()).tools).toEqual([]);
    expect((await reader.listTools()).tools).toHaveLength(1);
    desk.link.commit({ kind: 'grant', id: 'research-list', value: null });
    await waitFor(() => told.length > 1, { what: 'the other notification' });
    expect(told).toEqual(['support', 'research']);
  });

  it('is told when the host adds a tool, to those who may use it', async () => {
    const servers: McpServer[] = [];
    const build = (): McpServer => {
      const server = new McpServer({ name: 'growing', version: '1' });
      server.registerTool('list_tickets', {}, () => ({ content: [] }));
      servers.push(server);
      return server;
    };
    desk = await ProtectedDesk.open({ build });
    const told: string[] = [];
    const support = await desk.connect({}, () => told.push('support'));
    const reader = await desk.connect(research, () => told.push('research'));
    await Promise.all([support.listTools(), reader.listTools()]);
    for (const server of servers.slice(1)) server.registerTool('refund', {}, () => ({ content: [] }));
    await waitFor(() => told.length > 0, { what: 'the notification' });
    expect((await support.listTools()).tools).toHaveLength(2);
    expect((await reader.listTools()).tools).toHaveLength(1);
    expect(told).toEqual(['support']);
  });
});
