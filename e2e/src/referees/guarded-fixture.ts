import { join } from 'node:path';
import { createGuard } from '@portcullis/mcp-guard/v1';
import { waitFor } from '@portcullis/testkit';
import express from 'express';
import { Admin } from '../stack/admin.js';
import { freePorts } from '../stack/free-ports.js';
import type { Installation } from '../stack/installation.js';
import { tokenFor } from '../stack/mcp-agent.js';
import { listenOn, withToken, type Endpoint } from './endpoints.js';
import { buildFixtureServer } from './fixture-server.js';
import { fixtureToolNames } from './fixture-tools.js';

const names = { environment: 'conformance', role: 'referee', server: 'fixture', agent: 'suite' };

/** Makes a world in which one agent may use every tool of the fixture; gives its secret and a join token. */
async function makeWorld(admin: Admin, resource: string): Promise<{ secret: string; joinToken: string }> {
  const { environment, role, server, agent } = names;
  const make = (mutation: string, input: Record<string, unknown>): Promise<Record<string, Record<string, string>>> => {
    const [name = '', wanted = 'revision'] = mutation.split(' ');
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    return admin.get(`mutation($i: ${type}!) { ${name}(input: $i) { ${wanted} } }`, { i: input });
  };
  await make('createEnvironment', { id: environment, name: 'Conformance' });
  await make('createRole', { id: role, name: 'Referee' });
  await make('createAgent', { id: agent, name: 'Suite' });
  await make('assignRole', { agent, role, environment });
  await make('createServer', { id: server, name: 'Fixture', environment, resource });
  for (const name of fixtureToolNames) await make('registerTool', { server, name, classes: ['read'] });
  await make('createGrant', { role, environment, toolClass: 'read', task: 'lookup' });
  const { issueCredential } = await make('issueCredential secret', { agent });
  const { createJoinToken } = await make('createJoinToken joinToken', { server });
  return { secret: issueCredential?.['secret'] ?? '', joinToken: createJoinToken?.['joinToken'] ?? '' };
}

/** The fixture behind a guard of this installation, reached as an agent that may use all of it. */
export async function guardedEndpoint(installation: Installation, admin: Admin): Promise<Endpoint> {
  const [port = 0, door = 0] = await freePorts(2);
  const resource = `http://localhost:${door}/mcp`;
  const { secret, joinToken } = await makeWorld(admin, resource);
  const state = join(installation.data, 'fixture-guard');
  const guard = await createGuard({ url: installation.run.urls.guards, joinToken, state });
  const app = express();
  app.all(
    '/mcp',
    guard.protect(() => buildFixtureServer()),
  );
  const fixture = await listenOn(port, app);
  await waitFor(() => guard.posture === 'fresh', { what: 'the guard of the fixture', withinMs: 10_000 });
  const { console } = installation.run.urls;
  const token = await tokenFor({ console, clientId: names.agent, clientSecret: secret, resource });
  const relay = await withToken(door, port, token);
  return {
    url: resource,
    close: async () => {
      await relay.close();
      await fixture.close();
      await guard.close();
    },
  };
}
