import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { buildDesk } from './testing/desk-server.js';
import { ProtectedDesk } from './testing/protected-desk.js';
import { openRaw, post } from './testing/raw-session.js';

let desk: ProtectedDesk;
let headers: Readonly<Record<string, string>>;
beforeEach(async () => {
  desk = await ProtectedDesk.open();
  headers = await openRaw(desk.url, await desk.link.token());
});
afterEach(() => desk.close());

const refund = (args: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"refund","arguments":${args}}}`;

async function send(body: unknown, more: Readonly<Record<string, string>> = {}): Promise<readonly [number, unknown]> {
  const response = await post(desk.url, body, { ...headers, ...more });
  return [response.status, await response.json()];
}

describe('a notification', () => {
  it('reaches the server only when it is one that cannot act', async () => {
    const heard: string[] = [];
    const open = await ProtectedDesk.open({
      build: (record) => {
        const server = buildDesk(record);
        server.server.fallbackNotificationHandler = async ({ method }) => void heard.push(method);
        return server;
      },
    });
    const session = await openRaw(open.url, await open.link.token());
    for (const method of ['tools/call', 'notifications/refund', 'notifications/roots/list_changed'])
      await post(open.url, { jsonrpc: '2.0', method, params: { name: 'refund', arguments: { amount: 5 } } }, session);
    await waitFor(() => heard.length > 0, { what: 'the last notification' });
    await open.close();
    expect(heard).toEqual(['notifications/roots/list_changed']);
  });
});

describe('a message that nests too deep', () => {
  it('is answered with an error, and nothing runs', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const response = await post(desk.url, refund(`{"amount":5,"note":${deep}}`), headers);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('"code":-32600,"message":"Invalid Request: nested deeper than 200 levels"');
    expect(desk.record.begun).toEqual([]);
  });
});

describe('a message that could be read in two ways', () => {
  it.each([
    ['a repeated name', refund('{"amount":5,"amount":240}'), {}],
    ['a name that sets the prototype', refund('{"__proto__":{"amount":240}}'), {}],
    ['a batch', `[${refund('{"amount":5}')}]`, {}],
    ['a method header that says something else', refund('{"amount":5}'), { 'mcp-method': 'tools/list' }],
    ['a name header that says something else', refund('{"amount":5}'), { 'mcp-name': 'list_tickets' }],
    ['no object at all', '7', {}],
  ])('is refused, and nothing runs: %s', async (_what, body, more) => {
    expect(await send(body, more)).toMatchObject([400, { jsonrpc: '2.0', id: null, error: { code: -32600 } }]);
    expect(desk.record.begun).toEqual([]);
    expect(await send(refund('{"amount":5}')).catch(() => 'a stream')).toBe('a stream');
    expect(desk.record.paid).toEqual([5]);
  });

  it('is a parse error when it is no JSON, or no UTF-8', async () => {
    expect(await send('{"jsonrpc":')).toMatchObject([400, { error: { code: -32700 } }]);
    const response = await fetch(desk.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(response.status).toBe(400);
    expect(desk.record.begun).toEqual([]);
  });

  it('is 413 when it is too large, said or streamed', async () => {
    const large = refund(`{"amount":5,"note":"${'x'.repeat(1024 * 1024)}"}`);
    expect(await send(large)).toMatchObject([413, { code: 'body_too_large', status: 413 }]);
    const streamed = await fetch(desk.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(desk.record.begun).toEqual([]);
  });

  it('of ten megabytes is answered, so that whoever sends it reads why', async () => {
    const large = refund(`{"amount":5,"note":"${'x'.repeat(10_000_000)}"}`);
    for (let time = 0; time < 5; time += 1)
      expect(await send(large)).toMatchObject([413, { code: 'body_too_large', detail: 'Send at most 1048576 bytes.' }]);
    expect(desk.record.begun).toEqual([]);
  });
});

describe('a method that acts and cannot be decided yet', () => {
  it.each([
    ['resources/read', { uri: 'desk://secret' }],
    ['resources/list', {}],
    ['prompts/get', { name: 'x' }],
    ['completion/complete', {}],
    ['tasks/get', { taskId: 'x' }],
    ['vendor/anything', {}],
  ])('%s is answered as by a server that does not know it', async (method, params) => {
    const response = await post(desk.url, { jsonrpc: '2.0', id: 3, method, params }, headers);
    const text = await response.text();
    expect(text).toContain('"error":{"code":-32601,"message":"Method not found"}');
    expect(text).not.toContain('desk://secret');
  });

  it('a call that would go on as a task does not run', async () => {
    const task = { name: 'refund', arguments: { amount: 5 }, task: { ttl: 60_000 } };
    const text = await (
      await post(desk.url, { jsonrpc: '2.0', id: 3, method: 'tools/call', params: task }, headers)
    ).text();
    expect(text).toContain('"error"');
    expect(desk.record.begun).toEqual([]);
  });
});

describe('a host that parses bodies itself', () => {
  it('is taken at its word: what it parsed is decided and run', async () => {
    const parsing = await ProtectedDesk.open({ beforeRoute: express.json() });
    const client = await parsing.connect();
    expect(await client.callTool({ name: 'refund', arguments: { amount: 5 } })).toMatchObject({
      content: [{ text: 'refunded 5' }],
    });
    expect(await client.callTool({ name: 'refund', arguments: { amount: 500 } })).toMatchObject({ isError: true });
    expect(parsing.record.paid).toEqual([5]);
    await parsing.close();
  });
});
