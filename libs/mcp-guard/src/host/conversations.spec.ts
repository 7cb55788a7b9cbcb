import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openConversationSchema } from '@portcullis/contracts';
import { conversationDigests } from '@portcullis/contracts/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeConversation, openConversation } from './conversations.js';

interface Asked {
  readonly line: string;
  readonly body: Record<string, unknown>;
}

let server: Server;
let issuer: string;
const asked: Asked[] = [];
const next = { status: 200, body: '{}' };

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
      asked.push({ line: `${request.method} ${request.url}`, body });
      response.writeHead(next.status, { 'content-type': 'application/json' }).end(next.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const client = { id: 'host', secret: 'pcs_secret' };

describe('a host', () => {
  it('opens a conversation with its secret, in the form that the contract reads', async () => {
    const conversation = {
      id: randomUUID(),
      agent: 'bot',
      tasks: ['lookup' as const],
      attributes: { customerId: 'c-1' },
      subjectToken: 'somebody.said.so',
    };
    const opened = { conversation: conversation.id, user: null, expiresAt: 1, revision: 7 };
    Object.assign(next, { status: 200, body: JSON.stringify(opened) });
    expect(await openConversation({ issuer, client, conversation })).toEqual(opened);
    const { line, body } = asked.at(-1) ?? { line: '', body: {} };
    const { client_id: id, client_secret: secret, ...rest } = body;
    expect([line, id, secret]).toEqual(['POST /oauth/conversations', 'host', 'pcs_secret']);
    expect(openConversationSchema.parse(rest)).toMatchObject(conversation);
  });

  it('registers what the user named as digests, in every form in which it can be read, and in no clear word', async () => {
    const id = randomUUID();
    const named = ['DE89 3704 0044', 'ada@example.com', { as: 'phone' as const, value: '+49 30 1234567' }];
    const conversation = { id, agent: 'bot', tasks: ['execute' as const], environment: 'prod', request: named };
    Object.assign(next, { status: 200, body: '{}' });
    await openConversation({ issuer, client, conversation });
    const { client_id: _id, client_secret: _secret, ...body } = asked.at(-1)?.body ?? {};
    const { digests, environment } = openConversationSchema.parse(body);
    expect(digests.toSorted()).toEqual([...conversationDigests(id, named)].sort());
    expect([digests.length, environment]).toEqual([5, 'prod']);
    expect(JSON.stringify(body)).not.toMatch(/3704|ada@|1234567/);
  });

  it('closes one with a new assertion', async () => {
    const id = randomUUID();
    Object.assign(next, { status: 200, body: JSON.stringify({ conversation: id, revision: 8 }) });
    const made = { issuer: `${issuer}/`, client: { id: 'host', assertion: async () => 'signed' }, id };
    expect(await closeConversation(made)).toMatchObject({ revision: 8 });
    expect(asked.at(-1)).toEqual({
      line: `DELETE /oauth/conversations/${id}`,
      body: {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: 'signed',
      },
    });
  });

  it('is told the code of a refusal, and of an answer that means nothing', async () => {
    Object.assign(next, { status: 409, body: JSON.stringify({ code: 'conflict', detail: 'over already' }) });
    const ask = () => closeConversation({ issuer, client, id: randomUUID() });
    await expect(ask()).rejects.toMatchObject({ code: 'conflict', message: 'over already' });
    Object.assign(next, { status: 502, body: 'bad gateway' });
    await expect(ask()).rejects.toMatchObject({ code: 'internal' });
  });
});
