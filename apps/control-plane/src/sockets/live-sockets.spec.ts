import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { describe, expect, it } from 'vitest';
import { adminSignIn, testApi } from '../testing/test-api.js';
import type { TestPerson } from '../testing/test-person.js';

describe('the live socket', () => {
  const api = testApi();
  const address = () => `${api.config.publicUrl.replace('http', 'ws')}/graphql`;
  const tickets = async () => Number((await api.pool.query('select count(*) as n from socket_ticket')).rows[0]?.n);

  async function ticketOf(person: TestPerson): Promise<string> {
    return (
      await person.get<{ openSocketTicket: { ticket: string } }>('mutation { openSocketTicket { ticket revision } }')
    ).openSocketTicket.ticket;
  }

  function live(ticket: () => Promise<string>): { client: Client; closed: Promise<number> } {
    let tell: (code: number) => void = () => undefined;
    const closed = new Promise<number>((resolve) => (tell = resolve));
    const client = createClient({
      url: address(),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => ({ ticket: await ticket() }),
      on: { closed: (event) => tell((event as { code: number }).code) },
    });
    return { client, closed };
  }

  function upgrade(origin: string | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(address(), 'graphql-transport-ws', origin === undefined ? {} : { origin });
      socket.once('open', () => (socket.terminate(), resolve(101)));
      socket.once('unexpected-response', (request, response) => (request.destroy(), resolve(response.statusCode ?? 0)));
      socket.once('error', reject);
    });
  }

  it('lets in our own pages only', async () => {
    const own = api.config.publicUrl;
    expect([
      await upgrade('https://evil.example'),
      await upgrade('null'),
      await upgrade(`${own}.evil.example`),
    ]).toEqual([403, 403, 403]);
    expect([await upgrade(own), await upgrade(own.replace('localhost', '127.0.0.1'))]).toEqual([101, 101]);
  });

  it('opens with a ticket, once', async () => {
    const ticket = await ticketOf(api.admin);
    const before = await tickets();
    const first = live(() => Promise.resolve(ticket));
    const told = await first.client
      .iterate<{ convergence: { revision: number } }>({ query: 'subscription { convergence { revision total } }' })
      .next();
    expect(told.value?.data?.convergence.revision).toBe(await api.revision());
    expect(await tickets()).toBe(before - 1);
    const second = live(() => Promise.resolve(ticket));
    await expect(
      second.client.iterate({ query: 'subscription { convergence { revision } }' }).next(),
    ).rejects.toMatchObject({ code: 4403 });
    await first.client.dispose();
  });

  it('opens with nothing else: no ticket, the cookie, or a ticket that has ended', async () => {
    const ended = await ticketOf(api.admin);
    await api.pool.query(`update socket_ticket set expires_at = now() - interval '1 second'`);
    for (const wrong of ['', api.admin.cookies.get('portcullis') ?? '', ended])
      await expect(
        live(() => Promise.resolve(wrong))
          .client.iterate({ query: 'subscription { convergence { revision } }' })
          .next(),
      ).rejects.toMatchObject({ code: 4403 });
  });

  it('carries subscriptions only', async () => {
    const { client } = live(() => ticketOf(api.admin));
    const before = await api.revision();
    const answers = [];
    for (const query of [
      '{ me { id } }',
      'mutation { createAgent(input: { id: "a", name: "a" }) { revision } }',
      'subscription { convergense { revision } }',
    ])
      answers.push(
        await client
          .iterate({ query })
          .next()
          .catch((errors: unknown) => errors),
      );
    for (const answer of answers) expect(JSON.stringify(answer)).toContain('input_invalid');
    expect(JSON.stringify(answers)).not.toMatch(/did you mean/i);
    expect(await api.revision()).toBe(before);
    await client.dispose();
  });

  it('closes within five seconds of the end of its session', async () => {
    const ada = api.visitor();
    await ada.signIn(adminSignIn);
    const { client, closed } = live(() => ticketOf(ada));
    const stream = client.iterate({ query: 'subscription { decisions { through } }' });
    await stream.next();
    const start = performance.now();
    await ada.get('mutation { signOut { revision } }');
    stream.next().catch(() => undefined);
    expect(await closed).toBe(4403);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('tells nothing more once the permission is gone', async () => {
    const ada = api.visitor();
    await ada.signIn(adminSignIn);
    const { client, closed } = live(() => ticketOf(ada));
    const heard: unknown[] = [];
    const stream = client.iterate({ query: 'subscription { convergence { revision } }' });
    heard.push(await stream.next());
    await api.pool.query(`delete from person_permission where permission = 'read'`);
    const next = stream
      .next()
      .then((message) => heard.push(message))
      .catch(() => undefined);
    await api.pool.query(`select portcullis_append('[["agent", "somebody", null]]')`);
    expect(await closed).toBe(4403);
    await next;
    expect(heard).toHaveLength(1);
    await api.pool.query(`insert into person_permission (person_id, permission) select "id", 'read' from "user"`);
  });
});
