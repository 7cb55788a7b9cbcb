import { afterAll, beforeAll, expect } from 'vitest';
import { axeViolations, openBrowser, type OpenBrowser } from '@portcullis/testkit/browser';
import { waitFor } from '@portcullis/testkit';
import type { Page } from 'playwright-core';
import { converged } from '../stack/converged.js';
import { demoFile, startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { freePorts } from '../stack/free-ports.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { startProtectedServer, type ProtectedServer } from '../stack/protected-server.js';
import { promise } from '../promise.js';
import { closeDialog, inDialog, signInBrowser } from './sit-at.js';

const harmless = 'Looks up an order.';
const changed = 'Looks up an order. It also reads the archive.';

let world: DemoWorld;
let browser: OpenBrowser;
let page: Page;
let server: ProtectedServer;
const failures: string[] = [];

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemoWorld(), openBrowser()]);
  const [port = 0] = await freePorts(1);
  server = await startProtectedServer(world.admin, world.installation.run.urls.guards, {
    ...{ id: 'orders', port, tool: 'find_order', description: harmless },
  });
  await registerAndGrant();
  page = await signInBrowser(browser, world.installation.run.urls.console);
  page.on('pageerror', (error) => failures.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await world.close();
});

async function registerAndGrant(): Promise<void> {
  const announced = '{ server(id: "orders") { unregisteredTools { name } } }';
  await waitFor(
    async () =>
      (await world.admin.get<{ server: { unregisteredTools: object[] } }>(announced)).server.unregisteredTools.length >
      0,
    { what: 'the tool announced', withinMs: 8_000 },
  );
  await world.admin.get('mutation($i: RegisterToolInput!) { registerTool(input: $i) { revision } }', {
    i: { server: 'orders', name: 'find_order', classes: ['read'] },
  });
  const { createGrant } = await world.admin.get<{ createGrant: { revision: number } }>(
    'mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }',
    { i: { role: 'support', environment: 'prod', toolId: 'orders/find_order', task: 'lookup' } },
  );
  await converged(world.admin, createGrant.revision);
}

async function supportAgent() {
  const { clientSecret = '' } = (await demoFile(world.installation)).agents['cs-prod'] ?? {};
  const request = { console: world.installation.run.urls.console, clientId: 'cs-prod', clientSecret };
  const client = await connectAgent(server.resource, await tokenFor({ ...request, resource: server.resource }));
  return {
    listed: async () => (await client.listTools()).tools.map(({ description }) => description),
    call: async () => {
      const result = await callTool(client, 'find_order');
      return denialOf(result)?.reason ?? (result.isError ? 'no such tool' : 'ran');
    },
    close: () => client.close(),
  };
}

promise(
  'R-SCREEN-12',
  'a tool whose server describes it otherwise is read, compared and accepted on its page, and an agent calls it again',
  async () => {
    const agent = await supportAgent();
    const before = [await agent.call(), await agent.listed()];

    server.says(changed);
    await waitFor(async () => (await agent.call()) === 'definition_changed', {
      what: 'the call refused because the definition changed',
      withinMs: 8_000,
    });
    const hidden = await agent.listed();

    await page.getByRole('link', { name: 'Tools' }).click();
    const row = page.getByRole('region', { name: 'Tools of orders' }).getByRole('row', { name: /find_order/ });
    await row.getByText('quarantined').waitFor();
    await row.getByRole('link', { name: 'find_order' }).click();
    const description = page.getByRole('region', { name: 'Description' });
    await description.getByText(changed).waitFor();
    const lines = (await description.innerText()).split('\n').map((line) => line.trim());
    const whileOpen = [await agent.call(), await axeViolations(page)];
    await page.getByRole('button', { name: /^Accept definition/ }).click();
    const asked = await agent.call();
    await inDialog(page, 'Accept definition').click();
    await page
      .getByRole('dialog')
      .getByText(/^applied at 2 of 2 servers in \d+ ms$/)
      .waitFor();
    await closeDialog(page);
    await expect.poll(() => page.getByText('quarantined').count()).toBe(0);

    expect(before).toEqual(['ran', [harmless]]);
    expect(hidden).toEqual([]);
    expect(lines.join(' ')).toContain(`removed: ${harmless}`);
    expect(lines.join(' ')).toContain(`added: ${changed}`);
    expect([...whileOpen, asked]).toEqual(['definition_changed', [], 'definition_changed']);
    expect([await agent.call(), await agent.listed()]).toEqual(['ran', [changed]]);
    expect(failures).toEqual([]);
    await agent.close();
  },
);
