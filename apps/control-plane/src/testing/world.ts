import type pg from 'pg';
import { runCommand, type CommandTransaction } from '../change-log/command.js';
import { wideLimits } from './test-install.js';

/** Writes rows and appends in one command, and gives the revision. */
export async function change(
  pool: pg.Pool,
  work: (transaction: CommandTransaction) => Promise<void> | void,
): Promise<number> {
  return (await runCommand(pool, async (transaction) => work(transaction), { limits: wideLimits })).revision;
}

export async function addServer(pool: pg.Pool, id: string, environment: string): Promise<number> {
  return change(pool, async ({ client, append }) => {
    await client.query(`insert into environment (id, name) values ($1, $1) on conflict do nothing`, [environment]);
    const resource = `http://localhost/${id}/mcp`;
    await client.query(`insert into server (id, name, environment_id, resource) values ($1, $1, $2, $3)`, [
      id,
      environment,
      resource,
    ]);
    append('server', id, { name: id, environment, resource });
  });
}

export async function addAgent(pool: pg.Pool, id: string): Promise<number> {
  return change(pool, async ({ client, append }) => {
    await client.query(`insert into agent (id, name) values ($1, $1)`, [id]);
    await client.query(`insert into agent_status (agent_id, status, changed_by) values ($1, 'active', 'spec')`, [id]);
    append('agent', id, { name: id });
    append('agent-status', id, { status: 'active' });
  });
}

export async function assign(
  pool: pg.Pool,
  id: string,
  agent: string,
  role: string,
  environment: string,
): Promise<number> {
  return change(pool, async ({ client, append }) => {
    await client.query(`insert into role (id, name) values ($1, $1) on conflict do nothing`, [role]);
    await client.query(`insert into environment (id, name) values ($1, $1) on conflict do nothing`, [environment]);
    await client.query(
      `insert into assignment (id, agent_id, role_id, environment_id, created_by) values ($1, $2, $3, $4, 'spec')`,
      [id, agent, role, environment],
    );
    append('assignment', id, { agent, role, environment });
  });
}
