import { toolId } from '@portcullis/contracts';
import type { CommandTransaction } from '../change-log/command.js';
import { newClientSecret } from '../credentials/client-secret.js';
import { newId } from '../database/new-id.js';
import { announcedNow, pinTool } from '../tools/pin-tool.js';
import { toolValue } from '../tools/tool-value.js';
import { demoWorld, seededBy } from './demo-world.js';

/** Client secrets by agent, to be handed to the demo in a file that its owner alone reads. */
export type DemoSecrets = Readonly<Record<string, string>>;

type Work = CommandTransaction;

/** Writes the whole demo world into a database that holds none of it but, perhaps, its environments, roles and server. */
export async function seedWorld(work: Work, resource: string): Promise<DemoSecrets> {
  await seedPlaces(work, resource);
  await seedTools(work);
  for (const agent of demoWorld.agents) await seedAgent(work, agent);
  await seedGrants(work);
  return issueSecrets(work);
}

async function seedPlaces({ client, append }: Work, resource: string): Promise<void> {
  for (const [id, name] of demoWorld.environments)
    await client.query(`insert into environment (id, name, demo) values ($1, $2, true) on conflict (id) do nothing`, [
      id,
      name,
    ]);
  for (const [id, name] of demoWorld.roles)
    await client.query(`insert into role (id, name, demo) values ($1, $2, true) on conflict (id) do nothing`, [
      id,
      name,
    ]);
  const { id, name, environment } = demoWorld.server;
  await client.query(
    `insert into server (id, name, environment_id, resource, demo) values ($1, $2, $3, $4, true)
     on conflict (id) do update set resource = excluded.resource`,
    [id, name, environment, resource],
  );
  append('server', id, { name, environment, resource });
}

async function seedTools({ client, append }: Work): Promise<void> {
  const server = demoWorld.server.id;
  for (const [name, classes] of demoWorld.tools) {
    const id = toolId(server, name);
    await client.query(`insert into tool (id, server_id, name, classes, demo) values ($1, $2, $3, $4, true)`, [
      id,
      server,
      name,
      classes,
    ]);
    const announced = await announcedNow(client, server, name);
    if (announced !== undefined) await pinTool(client, { tool: id, hash: announced, by: seededBy });
    append('tool', id, await toolValue(client, id));
  }
}

async function seedAgent({ client, append }: Work, agent: (typeof demoWorld.agents)[number]): Promise<void> {
  const { environment } = demoWorld.server;
  await client.query(`insert into agent (id, name, description, demo) values ($1, $2, $3, true)`, [
    agent.id,
    agent.name,
    agent.description,
  ]);
  await client.query(`insert into agent_status (agent_id, status, changed_by) values ($1, 'active', $2)`, [
    agent.id,
    seededBy,
  ]);
  append('agent', agent.id, { name: agent.name });
  append('agent-status', agent.id, { status: 'active' });
  const assignment = newId('as');
  await client.query(
    `insert into assignment (id, agent_id, role_id, environment_id, created_by) values ($1, $2, $3, $4, $5)`,
    [assignment, agent.id, agent.role, environment, seededBy],
  );
  append('assignment', assignment, { agent: agent.id, role: agent.role, environment });
}

async function seedGrants({ client, append }: Work): Promise<void> {
  const { id: server, environment } = demoWorld.server;
  for (const { role, tool, task, constraints } of demoWorld.grants) {
    const id = newId('gr');
    const granted = toolId(server, tool);
    await client.query(
      `insert into grants (id, role_id, environment_id, tool_id, task, constraints, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, role, environment, granted, task, JSON.stringify(constraints), seededBy],
    );
    append('grant', id, {
      role,
      environment,
      tool: { id: granted },
      task,
      constraints: [...constraints],
      notBefore: null,
      notAfter: null,
      staleSeconds: 0,
    });
  }
}

/** A new credential for each demo agent; those it had before go on. */
export async function issueSecrets({ client, append }: Work): Promise<DemoSecrets> {
  const secrets: Record<string, string> = {};
  for (const agent of demoWorld.agents) {
    const id = newId('cr');
    const { secret, prefix, hash } = newClientSecret();
    await client.query(
      `insert into credential (id, agent_id, prefix, secret_hash, created_by) values ($1, $2, $3, $4, $5)`,
      [id, agent.id, prefix, hash, seededBy],
    );
    append('credential', id, { agent: agent.id, status: 'active', expiresAt: null });
    secrets[agent.id] = secret;
  }
  return secrets;
}
