import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { engage, type Press } from './engage.js';
import { laneWay } from './lane-way.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A listener that records what it was sent and answers as told. */
async function lane(answer: (response: ServerResponse) => void) {
  const seen: { readonly authorization: string | undefined; readonly body: Record<string, unknown> }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let text = '';
    request
      .on('data', (chunk) => (text += chunk))
      .on('end', () => {
        seen.push({ authorization: request.headers.authorization, body: JSON.parse(text) as Record<string, unknown> });
        answer(response);
      });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(() => done()));
  });
  const { port } = server.address() as AddressInfo;
  const held = { ticket: 'ticket', url: `http://127.0.0.1:${port}`, expiresAt: Date.now() + 60_000 };
  return { seen, held, way: laneWay(held) };
}

const accepts = (revision: number) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ engagement: 'e', revision }));
const refuses = (response: ServerResponse) =>
  response
    .writeHead(503)
    .end(JSON.stringify({ status: 503, code: 'not_stopped', detail: 'journal', requestId: 'req-7' }));
const press: Press = {
  engagement: '0b6f2f6e-8d3c-4d58-9a51-7a0d1f6c0001',
  scope: 'tool_class',
  target: 'payments',
  reason: 'drill',
};

describe('one press of the kill switch', () => {
  it('is accepted by the kill lane, with the stop ticket and the lane’s spelling of the scope', async () => {
    const first = await lane(accepts(42));

    const outcome = await engage(press, [first.way]);

    expect(outcome).toMatchObject({ kind: 'accepted', by: 'kill lane', revision: 42 });
    expect(first.seen).toEqual([
      {
        authorization: 'Bearer ticket',
        body: { scope: 'tool-class', id: 'payments', reason: 'drill', engagement: press.engagement },
      },
    ]);
  });

  it('goes the second way with the same engagement id when the first refuses', async () => {
    const first = await lane(refuses);
    const second = await lane(accepts(43));

    const outcome = await engage(press, [first.way, second.way]);

    expect(outcome).toMatchObject({ kind: 'accepted', revision: 43 });
    expect(second.seen[0]?.body['engagement']).toBe(first.seen[0]?.body['engagement']);
  });

  it('goes the second way when the first does not answer within a second', async () => {
    const silent = await lane(() => undefined);
    const second = await lane(accepts(44));

    const outcome = await engage(press, [silent.way, second.way]);

    expect(outcome).toMatchObject({ kind: 'accepted', revision: 44 });
    expect(silent.seen).toHaveLength(1);
  });

  it('says not stopped, and why for each way, when no way accepts', async () => {
    const first = await lane(refuses);
    const noTicket = laneWay(null);

    const outcome = await engage(press, [first.way, noTicket]);

    expect(outcome).toEqual({
      kind: 'not-stopped',
      attempts: [
        { by: 'kill lane', failure: '503 not_stopped, request req-7' },
        { by: 'kill lane', failure: 'no stop ticket could be fetched' },
      ],
    });
  });

  it('does not take an answer without a revision for an acceptance', async () => {
    const odd = await lane((response) => response.writeHead(200).end('{"ok":true}'));

    expect(await engage(press, [odd.way])).toMatchObject({ kind: 'not-stopped' });
  });

  it('does not send an expired ticket', async () => {
    const first = await lane(accepts(45));

    const outcome = await engage(press, [laneWay({ ...first.held, expiresAt: Date.now() - 1 })]);

    expect(outcome).toMatchObject({ kind: 'not-stopped' });
    expect(first.seen).toEqual([]);
  });
});
