import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { openBrowser } from '@portcullis/testkit/browser';
import type { Page } from 'playwright-core';
import { claimInBrowser, isLive, signInBrowser } from '../browser/sit-at.js';
import { demoFile } from '../stack/demo-world.js';
import { root, startInstallation, type Installation } from '../stack/installation.js';
import { callTool, connectAgent, tokenFor } from '../stack/mcp-agent.js';

const folder = join(root, 'e2e', 'screens');
const wide = { width: 1280, height: 800 };
const narrow = { width: 320, height: 640 };

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`e2e/screens/${name}.png\n`);
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isLive(page);
}

async function actingAgent(installation: Installation): Promise<Client> {
  const { agents, resource } = await demoFile(installation);
  const token = await tokenFor({
    console: installation.run.urls.console,
    clientId: 'cs-prod',
    clientSecret: agents['cs-prod']?.clientSecret ?? '',
    resource,
    scope: 'role:support task:execute instance:cs-prod-4729',
  });
  const agent = await connectAgent(resource, token);
  for (const amount of [240, 20, 180]) await callTool(agent, 'refund', { ticket: 'T-1003', customer: 'C-104', amount });
  await callTool(agent, 'list_tickets');
  return agent;
}

async function shootPages(page: Page, console_: string, scheme: string): Promise<void> {
  for (const name of ['overview', 'agents', 'servers', 'emergency']) {
    await open(page, `${console_}/${name}`);
    await shoot(page, `${name}-${scheme}`);
  }
  await open(page, `${console_}/agents/cs-prod`);
  await shoot(page, `agent-${scheme}`);
  await page.getByRole('button', { name: 'Kill switch' }).first().click();
  await page.getByTestId('confirm-stop').waitFor();
  await shoot(page, `kill-switch-${scheme}`);
}

/** From the open panel: the press, the line that reads applied, and the first refusal. */
async function shootStop(page: Page, agent: Client): Promise<void> {
  await page.getByTestId('confirm-stop').click();
  await page
    .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
    .first()
    .waitFor();
  await callTool(agent, 'list_tickets');
  await shoot(page, 'stopped');
}

/** The pictures of the README and of a review: the real console on a real installation, light, dark and narrow. */
async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const installation = await startInstallation();
  const browser = await openBrowser();
  const { urls } = installation.run;
  const first = await browser.page({ viewport: wide });
  await first.goto(urls.claim);
  await first.locator('input[type=email]').waitFor();
  await shoot(first, 'claim');
  await claimInBrowser(first, urls.claim);
  const agent = await actingAgent(installation);
  const small = await signInBrowser(browser, urls.console, { viewport: narrow });
  await open(small, `${urls.console}/overview`);
  await shoot(small, 'overview-narrow');
  for (const colorScheme of ['dark', 'light'] as const) {
    const page = await signInBrowser(browser, urls.console, { viewport: wide, colorScheme });
    await shootPages(page, urls.console, colorScheme);
    if (colorScheme === 'light') await shootStop(page, agent);
  }
  await agent.close();
  await browser.close();
  await installation.remove();
}

await main();
process.exit(0);
