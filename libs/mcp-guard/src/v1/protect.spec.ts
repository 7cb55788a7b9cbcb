import { decisionMetaKey } from '@portcullis/contracts';
import { waitFor } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildDesk, endless, newRecord } from './testing/desk-server.js';
import { ProtectedDesk, research } from './testing/protected-desk.js';
import { openRaw, openUnguarded, post } from './testing/raw-session.js';

let desk: ProtectedDesk;
beforeEach(async () => {
  desk = await ProtectedDesk.open();
});
afterEach(() => desk.close());

const call = (id: number, name: string, args: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

describe('a tool call through the guard', () => {
  it('passes when it is granted, and its result is the server’s own', async () => {
    const client = await desk.connect();
    const result = await client.callTool({ name: 'refund', arguments: { amount: 20 } });
    expect(result).toEqual({ content: [{ type: 'text', text: 'refunded 20' }] });
    expect(desk.record.paid).toEqual([20]);
  });

  it('P-G6 is refused with reason, decision and revision, and says neither rule nor limit', async () => {
    const client = await desk.connect();
    const result = await client.callTool({ name: 'refund', arguments: { amount: 240 } });
    const meta = result._meta?.[decisionMetaKey] as Record<string, unknown>;
    expect(meta).toEqual({ outcome: 'deny', reason: 'constraint', decision: expect.any(String), revision: 1 });
    expect(result.isError).toBe(true);
    expect(result.content).toEqual([
      {
        type: 'text',
        text: `Refused by Portcullis: constraint. Do not retry. Decision ${String(meta['decision'])}, revision 1.`,
      },
    ]);
    expect(JSON.stringify(result)).not.toMatch(/100|support-refund|amount/);
    expect(desk.record.begun).toEqual([]);
  });

  it('is recorded with its decision, its intent and its outcome', async () => {
    const client = await desk.connect();
    await client.callTool({ name: 'refund', arguments: { amount: 20 } });
    await waitFor(() => desk.link.events.some(({ type }) => type === 'outcome'), { what: 'the outcome' });
    const story = desk.link.events.filter(({ type }) => ['decision', 'intent', 'outcome'].includes(type));
    expect(story).toMatchObject([
      { type: 'decision', outcome: 'allow' },
      { type: 'intent' },
      { type: 'outcome', result: 'ok' },
    ]);
  });

  it('with arguments that break the schema gets the server’s own answer, and nothing runs', async () => {
    const client = await desk.connect();
    const { http, url } = await openUnguarded(buildDesk(newRecord()));
    const wrong = call(5, 'list_tickets', []);
    const [guarded, unguarded] = await Promise.all([
      post(desk.url, wrong, await openRaw(desk.url, await desk.link.token())).then((response) => response.text()),
      openRaw(url).then(async (headers) => (await post(url, wrong, headers)).text()),
    ]);
    const result = await client.callTool({ name: 'refund', arguments: {} });
    http.close();
    expect(guarded).toBe(unguarded);
    expect(result.isError).toBe(true);
    expect(desk.record.begun).toEqual([]);
  });

  it.each([
    ['research', 'refund', 'a tool that was not granted'],
    ['research', 'no_such_tool', 'a tool that does not exist'],
    ['cs-prod', 'purge', 'a tool that nobody was granted'],
    ['cs-prod', 'constructor', 'a name that every object has'],
  ])('P-G6 %s calling %s (%s) reads byte for byte what the SDK says of an unknown tool', async (agent, tool) => {
    const token = await desk.link.token(agent === 'research' ? research : {});
    const bare = buildDesk(newRecord());
    const { http, url } = await openUnguarded(bare);
    const bytes = async (where: string, headers: Readonly<Record<string, string>>, name: string): Promise<string> => {
      const response = await post(where, call(42, name), headers);
      return `${response.status} ${response.headers.get('content-type')}\n${await response.text()}`;
    };
    const unknown = tool === 'refund' || tool === 'purge' ? 'missing' : tool;
    const theirs = (await bytes(url, await openRaw(url), unknown)).replaceAll(unknown, tool);
    const ours = await bytes(desk.url, await openRaw(desk.url, token), tool);
    http.close();
    expect(ours).toBe(theirs);
    expect(desk.record.begun).toEqual([]);
  });
});

describe('a call in flight', () => {
  it('P-A5 that loses its right is answered at once, its handler is told, and its result is dropped', async () => {
    const client = await desk.connect();
    const running = client.callTool({ name: 'refund', arguments: { amount: endless } });
    await waitFor(() => desk.record.begun.length === 1, { what: 'the refund begun' });
    const revision = desk.link.commit({
      kind: 'kill-switch',
      id: 'k1',
      value: { scope: 'agent', target: 'cs-prod', status: 'engaged', engagedAt: 0 },
    });
    const result = await running;
    expect(result._meta?.[decisionMetaKey]).toMatchObject({ outcome: 'aborted', reason: 'kill_switch', revision });
    await waitFor(() => desk.record.cancelled.length === 1, { what: 'the handler told' });
    const next = await client.callTool({ name: 'list_tickets', arguments: {} });
    expect(next._meta?.[decisionMetaKey]).toMatchObject({ outcome: 'deny', reason: 'kill_switch', revision });
    await waitFor(() => desk.link.events.some((event) => event.type === 'outcome' && event.result === 'aborted'), {
      what: 'the outcome recorded',
    });
  });

  it('P-A5 that was aborted tells nothing on the stream on which the server speaks unasked either', async () => {
    let speak: (text: string) => Promise<void> = async () => undefined;
    const talking = await ProtectedDesk.open({
      build: (record) => {
        const server = buildDesk(record);
        server.server.registerCapabilities({ logging: {} });
        speak = (data) =>
          server.server.notification({ method: 'notifications/message', params: { level: 'info', data } });
        return server;
      },
    });
    const headers = await openRaw(talking.url, await talking.link.token());
    const stream = await fetch(talking.url, { headers: { ...headers, accept: 'text/event-stream' } });
    const heard = stream.text();
    await speak('before');
    const running = post(talking.url, call(1, 'refund', { amount: endless }), headers);
    await waitFor(() => talking.record.begun.length === 1, { what: 'the refund begun' });
    talking.link.commit({
      kind: 'kill-switch',
      id: 'k1',
      value: { scope: 'agent', target: 'cs-prod', status: 'engaged', engagedAt: 0 },
    });
    await (await running).text();
    await speak('the result');
    await talking.close();
    expect(await heard).toContain('before');
    expect(await heard).not.toContain('the result');
  });

  it('is aborted too when its id is 0, which the SDK alone cannot cancel', async () => {
    const headers = await openRaw(desk.url, await desk.link.token());
    const running = post(desk.url, call(0, 'refund', { amount: endless }), headers);
    await waitFor(() => desk.record.begun.length === 1, { what: 'the refund begun' });
    desk.link.commit({ kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } });
    expect(await (await running).text()).toContain('"outcome":"aborted","reason":"agent_suspended"');
    await waitFor(() => desk.record.cancelled.length === 1, { what: 'the handler told' });
  });

  it('that its client cancels ends, and is recorded as no success', async () => {
    const client = await desk.connect();
    const giveUp = new AbortController();
    const running = client.callTool({ name: 'refund', arguments: { amount: endless } }, undefined, {
      signal: giveUp.signal,
    });
    await waitFor(() => desk.record.begun.length === 1, { what: 'the refund begun' });
    giveUp.abort();
    await expect(running).rejects.toThrow();
    await waitFor(() => desk.record.cancelled.length === 1, { what: 'the handler told' });
    await waitFor(() => desk.link.events.some((event) => event.type === 'outcome' && event.result === 'error'), {
      what: 'the outcome recorded',
    });
  });
});
