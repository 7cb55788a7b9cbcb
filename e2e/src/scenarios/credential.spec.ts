import { afterAll, beforeAll, expect } from 'vitest';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, connectAgent, denialOf, requestToken, tokenFor } from '../stack/mcp-agent.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

interface Issued {
  readonly credential: { readonly id: string };
  readonly secret: string;
  readonly revision: number;
}

async function issue(agent: string): Promise<Issued> {
  const { issueCredential } = await world.admin.get<{ issueCredential: Issued }>(
    'mutation($input: IssueCredentialInput!) { issueCredential(input: $input) { credential { id } secret revision } }',
    { input: { agent } },
  );
  return issueCredential;
}

async function statusOf(id: string): Promise<string | undefined> {
  const { agent } = await world.admin.get<{ agent: { credentials: { id: string; status: string }[] } }>(
    '{ agent(id: "cs-prod") { credentials { id status } } }',
  );
  return agent.credentials.find((credential) => credential.id === id)?.status;
}

promise(
  ['R-REVOKE-1', 'R-CRED-1'],
  'a revoked credential is refused on the very next call though its token lives',
  async () => {
    const issued = await issue('cs-prod');
    const request = {
      console: world.installation.run.urls.console,
      clientId: 'cs-prod',
      clientSecret: issued.secret,
      resource: world.resource,
    };
    const token = await tokenFor(request);
    const agent = await connectAgent(world.resource, token);
    const before = await callTool(agent, 'list_tickets');
    const statusBefore = await statusOf(issued.credential.id);

    const { revokeCredential } = await world.admin.get<{ revokeCredential: { revision: number } }>(
      'mutation($id: ID!) { revokeCredential(id: $id) { revision } }',
      { id: issued.credential.id },
    );
    await converged(world.admin, revokeCredential.revision);
    const next = await fetch(world.resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'list_tickets', arguments: {} },
      }),
    });

    expect(denialOf(before)).toBeUndefined();
    expect(statusBefore).toBe('active');
    expect(revokeCredential.revision).toBeGreaterThan(issued.revision);
    expect(next.status).toBe(401);
    expect(next.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
    await expect(callTool(agent, 'list_tickets')).rejects.toThrow();
    expect(await statusOf(issued.credential.id)).toBe('revoked');
    expect(await requestToken(request)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const other = await world.connect('cs-prod', 'role:support');
    expect(denialOf(await callTool(other, 'list_tickets'))).toBeUndefined();
  },
);
