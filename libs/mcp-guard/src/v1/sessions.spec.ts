import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { waitFor } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sessions, type KeptSession } from './sessions.js';
import { endless } from './testing/desk-server.js';
import { ProtectedDesk, research } from './testing/protected-desk.js';
import { initialize, openRaw, post } from './testing/raw-session.js';

let desk: ProtectedDesk;
beforeEach(async () => {
  desk = await ProtectedDesk.open();
});
afterEach(() => desk.close());

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

async function answer(response: Response): Promise<readonly [number, string]> {
  return [response.status, await response.text()];
}

describe('a session', () => {
  it('has a server of its own', async () => {
    const before = desk.record.built;
    await openRaw(desk.url, await desk.link.token());
    await openRaw(desk.url, await desk.link.token());
    expect(desk.record.built).toBe(before + 2);
  });

  it('is unknown to another agent and to another user, as one that never was', async () => {
    const own = await openRaw(desk.url, await desk.link.token({ user: 'ana' }));
    const unknown = await answer(await post(desk.url, list, { ...own, 'mcp-session-id': 'never' }));
    for (const claims of [research, { user: 'ben' }, {}]) {
      const authorization = `Bearer ${await desk.link.token(claims)}`;
      for (const method of ['POST', 'GET', 'DELETE']) {
        const init = { method, headers: { ...own, authorization, accept: 'application/json, text/event-stream' } };
        const body = method === 'POST' ? { body: JSON.stringify(list) } : {};
        expect(await answer(await fetch(desk.url, { ...init, ...body }))).toEqual(unknown);
      }
    }
    expect(unknown[0]).toBe(404);
    expect((await post(desk.url, list, own)).status).toBe(200);
  });

  it('goes on with a newer token of the same agent', async () => {
    const headers = await openRaw(desk.url, await desk.link.token());
    const narrower = await desk.link.token({ task: 'lookup', credential: 'cs-prod-secret' });
    const response = await post(desk.url, list, { ...headers, authorization: `Bearer ${narrower}` });
    expect(await response.text()).not.toContain('refund');
  });

  it('ends with DELETE, and its server is closed', async () => {
    const client = await desk.connect();
    const closed = desk.record.closed;
    const { transport } = client;
    if (!(transport instanceof StreamableHTTPClientTransport)) throw new Error('no HTTP transport');
    await transport.terminateSession();
    await waitFor(() => desk.record.closed === closed + 1, { what: 'the server closed' });
    const headers = {
      authorization: `Bearer ${await desk.link.token()}`,
      'mcp-session-id': transport.sessionId ?? 'gone',
    };
    expect((await post(desk.url, list, headers)).status).toBe(404);
  });

  it('refuses a second request with an id that is under way', async () => {
    const headers = await openRaw(desk.url, await desk.link.token());
    const refund = {
      jsonrpc: '2.0',
      id: 9,
      method: 'tools/call',
      params: { name: 'refund', arguments: { amount: endless } },
    };
    const running = post(desk.url, refund, headers);
    await waitFor(() => desk.record.begun.length === 1, { what: 'the refund begun' });
    expect((await post(desk.url, refund, headers)).status).toBe(400);
    expect(desk.record.begun).toEqual([endless]);
    await post(desk.url, { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } }, headers);
    await (await running).text();
    expect(desk.record.cancelled).toEqual([endless]);
  });

  it('is wanted for everything but the handshake, and a second handshake in it is refused', async () => {
    const authorization = `Bearer ${await desk.link.token()}`;
    expect((await post(desk.url, list, { authorization })).status).toBe(400);
    expect((await fetch(desk.url, { method: 'PUT', headers: { authorization } })).status).toBe(405);
    const headers = await openRaw(desk.url, await desk.link.token());
    expect((await post(desk.url, initialize, headers)).status).toBe(400);
  });

  it('loses the stream on which the server speaks unasked when its agent may not come in any more', async () => {
    const headers = await openRaw(desk.url, await desk.link.token());
    const stream = await fetch(desk.url, { headers: { ...headers, accept: 'text/event-stream' } });
    expect(stream.status).toBe(200);
    desk.link.commit({ kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } });
    expect(await stream.text()).not.toContain('data:');
  });
});

describe('the number of sessions', () => {
  const bounds = { total: 3, perAgent: 2, idleMs: 60_000 };
  const sessions = (...parts: readonly Partial<KeptSession>[]): Sessions<KeptSession> => {
    const kept = new Sessions<KeptSession>(bounds);
    for (const part of parts) {
      const session: KeptSession = {
        ...{
          id: '',
          agent: '',
          isIdle: true,
          lastUsedMs: 0,
          belongsTo: () => true,
          close: async () => kept.remove(session),
        },
        ...part,
      };
      kept.add(session);
    }
    return kept;
  };

  it('is bounded per agent by closing its own longest unused one', async () => {
    const kept = sessions({ id: 'a1', agent: 'a', lastUsedMs: 2 }, { id: 'a2', agent: 'a', lastUsedMs: 1 });
    expect(await kept.makeRoom('a')).toBe(true);
    expect(kept.all.map(({ id }) => id)).toEqual(['a1']);
    await kept.closeAll();
  });

  it('is bounded in all, and another agent’s session never makes room', async () => {
    const kept = sessions({ id: 'a1', agent: 'a' }, { id: 'b1', agent: 'b' }, { id: 'c1', agent: 'c', isIdle: false });
    expect([await kept.makeRoom('d'), await kept.makeRoom('c')]).toEqual([false, false]);
    expect(kept.all).toHaveLength(3);
    await kept.closeAll();
  });

  it('falls by itself: one that nobody uses is closed, one that has an open response is not', async () => {
    const kept = new Sessions<KeptSession>({ ...bounds, idleMs: 10 });
    const add = (id: string, isIdle: boolean): void => {
      const lastUsedMs = performance.now();
      const session = {
        id,
        agent: 'a',
        isIdle,
        lastUsedMs,
        belongsTo: () => true,
        close: async () => kept.remove(session),
      };
      kept.add(session);
    };
    add('idle', true);
    add('busy', false);
    await waitFor(() => kept.all.length === 1, { what: 'the idle session closed' });
    expect(kept.all.map(({ id }) => id)).toEqual(['busy']);
    await kept.closeAll();
  });
});
