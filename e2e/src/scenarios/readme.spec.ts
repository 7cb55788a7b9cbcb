import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { freePorts } from '../stack/free-ports.js';
import { root } from '../stack/installation.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { demoFile } from '../stack/demo-world.js';
import { promise } from '../promise.js';

let world: DemoWorld;
let folder: string;
beforeAll(async () => {
  world = await startDemoWorld();
  folder = await mkdtemp(join(root, '.portcullis', 'e2e', 'readme-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** The block between the markers, with the address of this test's link in place of the printed one. */
async function readmeLines(): Promise<string[]> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  const block = /<!-- protect -->\s*```\w*\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  return block.replace('http://localhost:4001', world.installation.run.urls.guards).trim().split('\n');
}

async function mutate(text: string, input: Record<string, unknown>): Promise<Record<string, Record<string, string>>> {
  return world.admin.get(text, { i: input });
}

promise(
  'R-README-1',
  'the three lines of the README, as printed, protect a server that Portcullis has never seen',
  async () => {
    const [port = 0] = await freePorts(1);
    const resource = `http://localhost:${port}/mcp`;
    await mutate('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
      id: 'mine',
      name: 'Mine',
      environment: 'prod',
      resource,
    });
    const join_ = await mutate(
      'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken revision } }',
      { server: 'mine' },
    );
    const [importLine = '', ...rest] = await readmeLines();
    const program = [
      importLine,
      `import express from 'express';`,
      `import { z } from 'zod';`,
      `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';`,
      `const app = express();`,
      `function buildServer() {`,
      `  const server = new McpServer({ name: 'mine', version: '1.0.0' });`,
      `  server.registerTool('echo', { description: 'Says it again', inputSchema: { text: z.string() } }, ({ text }) => ({ content: [{ type: 'text', text }] }));`,
      `  return server;`,
      `}`,
      ...rest,
      `app.listen(${port});`,
    ];
    const file = join(folder, 'server.mjs');
    await writeFile(file, program.join('\n'));
    const child = spawn(process.execPath, [file], {
      cwd: folder,
      env: { ...process.env, PORTCULLIS_JOIN: join_['createJoinToken']?.['joinToken'] },
      stdio: 'inherit',
    });
    try {
      const answers = (): Promise<number> =>
        fetch(resource, { method: 'POST' }).then(
          (r) => r.status,
          () => 0,
        );
      await waitFor(async () => (await answers()) === 401, { what: 'the server asking for a token', withinMs: 10_000 });
      const demo = (await demoFile(world.installation)).agents['cs-prod'];
      const request = {
        console: world.installation.run.urls.console,
        clientId: 'cs-prod',
        clientSecret: demo?.clientSecret ?? '',
        resource,
      };
      const client = await connectAgent(resource, await tokenFor(request));
      const before = await callTool(client, 'echo', { text: 'hi' });
      const unregistered = await waitForTool();
      await mutate('mutation($i: RegisterToolInput!) { registerTool(input: $i) { revision } }', {
        server: 'mine',
        name: 'echo',
        classes: ['read'],
      });
      await mutate('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
        role: 'support',
        environment: 'prod',
        toolId: 'mine/echo',
        task: 'lookup',
      });
      await waitFor(
        async () =>
          denialOf(await callTool(client, 'echo', { text: 'hi' })) === undefined &&
          !(await callTool(client, 'echo', { text: 'hi' })).isError,
        {
          what: 'the grant in force',
          withinMs: 5_000,
        },
      );
      await client.close();
      expect(before.isError).toBe(true);
      expect(unregistered).toEqual(['echo']);
      expect(rest).toHaveLength(2);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

async function waitForTool(): Promise<string[]> {
  let names: string[] = [];
  await waitFor(
    async () => {
      const { server } = await world.admin.get<{ server: { unregisteredTools: { name: string }[] } }>(
        '{ server(id: "mine") { unregisteredTools { name } } }',
      );
      names = server.unregisteredTools.map((tool) => tool.name);
      return names.length > 0;
    },
    { what: 'the announced tool', withinMs: 8_000 },
  );
  return names;
}
