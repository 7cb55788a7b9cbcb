import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { Admin } from './admin.js';
import { startInstallation, type Installation, type InstallationOptions } from './installation.js';
import { connectAgent, tokenFor } from './mcp-agent.js';

interface DemoFile {
  readonly agents: Record<string, { readonly clientId: string; readonly clientSecret: string }>;
  readonly resource: string;
}

/** An installation with its demo world, claimed, and its agents within reach. */
export interface DemoWorld {
  readonly installation: Installation;
  readonly admin: Admin;
  readonly resource: string;
  token(agent: string, scope?: string): Promise<string>;
  connect(agent: string, scope?: string): Promise<Client>;
  close(): Promise<void>;
}

export async function demoFile(installation: Installation): Promise<DemoFile> {
  return JSON.parse(await readFile(join(installation.data, 'demo.json'), 'utf8')) as DemoFile;
}

export async function startDemoWorld(options: InstallationOptions = {}): Promise<DemoWorld> {
  const installation = await startInstallation(options);
  const admin = new Admin(installation.run.urls.console);
  await admin.claim(installation.run.urls.claim);
  const clients: Client[] = [];
  const demo = await demoFile(installation);
  async function token(agent: string, scope?: string): Promise<string> {
    const known = (await demoFile(installation)).agents[agent];
    if (!known) throw new Error(`no demo agent ${agent}`);
    return tokenFor({
      console: installation.run.urls.console,
      clientId: known.clientId,
      clientSecret: known.clientSecret,
      resource: demo.resource,
      ...(scope ? { scope } : {}),
    });
  }
  return {
    installation,
    admin,
    resource: demo.resource,
    token,
    async connect(agent, scope) {
      const client = await connectAgent(demo.resource, await token(agent, scope));
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.allSettled(clients.map((client) => client.close()));
      await installation.remove();
    },
  };
}
