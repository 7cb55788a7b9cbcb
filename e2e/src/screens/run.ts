import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { openBrowser } from '@portcullis/testkit/browser';
import type { Page } from 'playwright-core';
import { furnishRules } from '../browser/furnish.js';
import { claimInBrowser, isLive, signInBrowser } from '../browser/sit-at.js';
import { demoFile } from '../stack/demo-world.js';
import { root, startInstallation, type Installation } from '../stack/installation.js';
import { callTool, connectAgent, tokenFor } from '../stack/mcp-agent.js';

const folder = join(root, 'e2e', 'screens');
const wide = { width: 1280, height: 800 };
const narrow = { width: 320, height: 640 };

async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
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

const fixed: Readonly<Record<string, string>> = {
  overview: '/overview',
  agents: '/agents',
  servers: '/servers',
  emergency: '/emergency',
  agent: '/agents/cs-prod',
  access: '/agents/cs-prod/access',
  credentials: '/agents/cs-prod/credentials',
  conversations: '/agents/cs-prod/conversations',
  changes: '/agents/cs-prod/changes',
  grants: '/grants',
  'grants-new': '/grants/new',
  'who-can': '/grants/who-can',
  tools: '/tools',
  tool: '/tools/support-desk/refund',
  policies: '/policies',
  directories: '/directories',
  widenings: '/widenings',
  'api-tokens': '/settings/api-tokens',
  tokens: '/settings/tokens',
  issuers: '/settings/issuers',
  environments: '/settings/environments',
};

type Pages = Readonly<Record<string, string>>;

async function shootPages(page: Page, console_: string, pages: Pages, look: string): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    await open(page, `${console_}${path}`);
    await shoot(page, `${name}-${look}`, name !== 'overview');
  }
}

/** Something to see on the pages of agents and tokens: a rotation prepared, a host, a conversation, a rotated key. */
async function furnish(page: Page, console_: string): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const pressInDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await open(page, `${console_}/agents/cs-prod/credentials`);
  await press('Prepare the next credential');
  await page.getByRole('radio', { name: 'Client secret' }).check();
  await pressInDialog('Prepare');
  await press('I have stored it');
  await open(page, `${console_}/agents/cs-prod/conversations`);
  await press('Open a conversation');
  await page.getByLabel('Attributes').fill('customerId: C-104');
  await pressInDialog('Open conversation');
  await page.getByRole('row', { name: /customerId: C-104/ }).waitFor();
  await open(page, `${console_}/settings/tokens`);
  await press('Rotate signing key');
  await pressInDialog('Rotate signing key');
  await pressInDialog('Close');
  await page.getByRole('button', { name: /^Withdraw .* now$/ }).waitFor();
}

/** The dialogs of agents and tokens: each opened by its button, drawn, and left as it was. */
async function shootDialogs(page: Page, console_: string, look: string): Promise<void> {
  const dialogs = [
    ['credential-form', '/agents/cs-prod/credentials', 'Issue credential'],
    ['conversation-form', '/agents/cs-prod/conversations', 'Open a conversation'],
    ['create-agent', '/agents', 'Create agent'],
    ['host-form', '/agents/cs-prod', 'Choose a host'],
    ['act-for-me', '/agents/cs-prod', 'Let cs-prod act for me'],
    ['directory-form', '/directories', 'Create directory'],
    ['entries-form', '/directories/friends', 'Add entries…'],
    ['widening-end', '/widenings', /^End now/],
    ['api-token-form', '/settings/api-tokens', 'Create API token'],
    ['issuer-form', '/settings/issuers', 'Add issuer'],
    ['classes-form', '/tools/support-desk/refund', 'Edit classes'],
    ['rotate-key', '/settings/tokens', 'Rotate signing key'],
  ] as const;
  for (const [name, path, act] of dialogs) {
    await open(page, `${console_}${path}`);
    await page.getByRole('button', { name: act }).first().click();
    await page.getByRole('dialog').waitFor();
    await shoot(page, `${name}-${look}`);
  }
}

async function shootKillSwitch(page: Page, console_: string, look: string): Promise<void> {
  await open(page, `${console_}/agents/cs-prod`);
  await page.getByRole('button', { name: 'Kill switch' }).first().click();
  await page.getByTestId('confirm-stop').waitFor();
  await shoot(page, `kill-switch-${look}`);
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
  await furnish(first, urls.console);
  const pages: Pages = { ...fixed, ...(await furnishRules(first, urls.console)) };
  const small = await signInBrowser(browser, urls.console, { viewport: narrow });
  await shootPages(small, urls.console, pages, 'narrow');
  await shootDialogs(small, urls.console, 'narrow');
  for (const colorScheme of ['dark', 'light'] as const) {
    const page = await signInBrowser(browser, urls.console, { viewport: wide, colorScheme });
    await shootPages(page, urls.console, pages, colorScheme);
    await shootDialogs(page, urls.console, colorScheme);
    await shootKillSwitch(page, urls.console, colorScheme);
    if (colorScheme === 'light') await shootStop(page, agent);
  }
  await agent.close();
  await browser.close();
  await installation.remove();
}

await main();
process.exit(0);
