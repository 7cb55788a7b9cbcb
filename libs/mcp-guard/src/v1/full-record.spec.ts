import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { FullRecord } from '@portcullis/contracts';
import { deskObjects, waitFor } from '@portcullis/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { ProtectedDesk } from './testing/protected-desk.js';

let desk: ProtectedDesk;
afterEach(() => desk.close());

const full = { kind: 'audit', level: 'full' };

async function open(answer: () => Record<string, unknown>, ...obligations: readonly unknown[]): Promise<Client> {
  const build = () => {
    const server = new Server({ name: 'low', version: '1' }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: [{ name: 'list_tickets', inputSchema: { type: 'object' } }],
    }));
    server.setRequestHandler(CallToolRequestSchema, () => answer());
    return server;
  };
  const objects = deskObjects().map((one) =>
    one.id === 'support-list'
      ? { ...one, value: { ...(one.value as object), obligations: [full, ...obligations] } }
      : one,
  );
  desk = await ProtectedDesk.open({ build, objects });
  return desk.connect();
}

/** What was kept of the one call that was made, once its outcome is known and nothing is left to be told. */
async function kept(): Promise<Partial<Record<FullRecord['side'], unknown>>> {
  const { link } = desk;
  await waitFor(() => link.events.some(({ type }) => type === 'outcome'), { what: 'the outcome' });
  const before = link.reports.length;
  await waitFor(() => link.reports.length > before + 2, { what: 'the reports after it' });
  return Object.fromEntries(
    [...link.intake.records.values()].map(({ side, text }) => [
      side,
      JSON.parse(Buffer.from(text ?? '', 'base64').toString()) as unknown,
    ]),
  );
}

const list = (client: Client) => client.callTool({ name: 'list_tickets', arguments: { page: 2 } });

describe('what is recorded of a call in full', () => {
  it('is what the client asked and what it got', async () => {
    const client = await open(
      () => ({ content: [], structuredContent: { id: 'T-1', owner: 'Lawsuit' } }),
      { kind: 'fields', drop: ['owner'] },
      { kind: 'label', trust: 'untrusted' },
    );
    const got = await list(client);

    expect(got).toMatchObject({ structuredContent: { id: 'T-1' } });
    expect(await kept()).toEqual({ arguments: { page: 2 }, result: got });
  });

  it('is an error of the protocol with all that it said, where it left', async () => {
    const client = await open(() => {
      throw new McpError(-32000, 'broken', { table: 'tickets' });
    });
    const got = await list(client).catch((error: unknown) => error);

    expect(got).toMatchObject({ data: { table: 'tickets' } });
    const { result } = await kept();
    expect(JSON.stringify(result)).toContain('broken');
    expect(JSON.stringify(result)).toContain('tickets');
  });

  it('is no word of an error that was kept from the client', async () => {
    const client = await open(
      () => {
        throw new McpError(-32000, 'row of 123-45-6789 is broken');
      },
      { kind: 'redact', what: ['ssn'] },
    );
    const got = await list(client).catch((error: unknown) => error);

    expect(got).toMatchObject({ message: 'MCP error -32603: Internal error' });
    expect(await kept()).toEqual({ arguments: { page: 2 } });
    const outcome = desk.link.events.find(({ type }) => type === 'outcome');
    expect(outcome).toMatchObject({ withheld: expect.stringContaining('cannot be filtered') as string });
    expect(outcome).not.toHaveProperty('resultHash');
  });
});
