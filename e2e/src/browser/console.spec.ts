import { afterAll, beforeAll, expect } from 'vitest';
import { axeViolations, openBrowser, type OpenBrowser } from '@portcullis/testkit/browser';
import type { Page } from 'playwright-core';
import { demoFile } from '../stack/demo-world.js';
import { startInstallation, type Installation } from '../stack/installation.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { promise } from '../promise.js';
import { furnishRules, type FurnishedRules } from './furnish.js';
import { claimInBrowser, isLive, signInBrowser } from './sit-at.js';

let installation: Installation;
let browser: OpenBrowser;
let page: Page;
let rules: FurnishedRules;
const failures: string[] = [];

beforeAll(async () => {
  [installation, browser] = await Promise.all([startInstallation(), openBrowser()]);
  page = await browser.page();
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await installation.remove();
});

async function agentToken(agent: string, scope: string): Promise<string> {
  const demo = await demoFile(installation);
  const client = demo.agents[agent];
  return tokenFor({
    console: installation.run.urls.console,
    clientId: agent,
    clientSecret: client?.clientSecret ?? '',
    resource: demo.resource,
    scope,
  });
}

promise('R-SCREEN-1', 'the printed link claims the install and shows the demo world', async () => {
  await claimInBrowser(page, installation.run.urls.claim);
  expect(page.url()).toBe(`${installation.run.urls.console}/overview`);
  await page.getByRole('button', { name: 'Kill switch' }).waitFor();
  await isLive(page);
  await page.goto(`${installation.run.urls.console}/agents`);
  await page
    .getByRole('link', { name: /cs-prod|Customer service/ })
    .first()
    .waitFor();
  await page.goto(`${installation.run.urls.console}/servers/support-desk`);
  await page.getByText('lookup_customer').first().waitFor();
});

promise(
  ['R-SCREEN-1', 'R-CRED-1'],
  'a credential issued on the page works with an MCP client, and revoked on the page it is refused',
  async () => {
    const { resource } = await demoFile(installation);
    await page.goto(`${installation.run.urls.console}/agents/cs-prod/credentials`);
    await page.getByRole('button', { name: 'Issue credential' }).click();
    await page.getByRole('radio', { name: 'Client secret' }).check();
    await page.getByRole('button', { name: 'Issue', exact: true }).click();
    const secret = (await page.getByTestId('secret').innerText()).trim();
    await page.keyboard.press('Escape');
    const stillShown = await page.getByTestId('secret').isVisible();
    await page.getByRole('button', { name: 'I have stored it' }).click();
    const token = await tokenFor({
      console: installation.run.urls.console,
      clientId: 'cs-prod',
      clientSecret: secret,
      resource,
    });
    const agent = await connectAgent(resource, token);
    const before = denialOf(await callTool(agent, 'list_tickets'));

    await page.getByRole('button', { name: `Revoke ${secret.slice(0, 10)}` }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Revoke ${secret.slice(0, 10)}` })
      .click();
    await page
      .getByRole('dialog')
      .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
      .waitFor();
    await expect(callTool(agent, 'list_tickets')).rejects.toThrow();
    const html = await page.content();

    expect(stillShown).toBe(true);
    expect(before).toBeUndefined();
    expect(html).not.toContain(secret);
  },
);

promise(
  ['R-SCREEN-1', 'R-SEEN-1'],
  'a decision appears, and the kill switch pressed on the page reads applied',
  async () => {
    const agent = await connectAgent(
      `${installation.run.urls.demo}/mcp`,
      await agentToken('cs-prod', 'role:support task:execute'),
    );
    await page.goto(`${installation.run.urls.console}/overview`);
    await isLive(page);
    await callTool(agent, 'refund', { ticket: 'T-1003', customer: 'C-104', amount: 240 });
    await page.getByText('refund').first().waitFor();

    await page.goto(`${installation.run.urls.console}/agents/cs-prod`);
    await page.getByRole('button', { name: 'Kill switch' }).first().click();
    const confirm = page.getByTestId('confirm-stop');
    await confirm.getByText('Stop agent cs-prod').waitFor();
    await confirm.click();
    await page
      .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
      .first()
      .waitFor();
    const after = denialOf(await callTool(agent, 'list_tickets'));
    await page.goto(`${installation.run.urls.console}/emergency`);
    await page
      .getByText(/two people/i)
      .first()
      .waitFor();
    await page.getByText('demo:reset').first().waitFor();

    expect(after).toMatchObject({ outcome: 'deny', reason: 'kill_switch' });
    expect(failures).toEqual([]);
  },
);

promise('R-SCREEN-2', 'no page has an accessibility failure, light or dark', async () => {
  rules = await furnishRules(page, installation.run.urls.console);
  const paths = ['/overview', '/agents', '/agents/cs-prod', '/agents/cs-prod/credentials', '/servers'];
  paths.push('/servers/support-desk', '/emergency', '/settings/tokens', '/settings/issuers');
  paths.push('/grants', '/grants/new', '/grants/who-can', '/agents/cs-prod/access');
  paths.push('/tools', '/tools/support-desk/refund');
  paths.push('/policies', '/directories', '/widenings', '/settings/api-tokens', '/agents/cs-prod/conversations');
  paths.push(...Object.values(rules));
  for (const colorScheme of ['light', 'dark'] as const) {
    const seat = await signInBrowser(browser, installation.run.urls.console, { colorScheme });
    for (const path of paths) {
      await seat.goto(`${installation.run.urls.console}${path}`);
      await seat.getByRole('heading', { level: 1 }).waitFor();
      await isLive(seat);
      expect(await axeViolations(seat), `${path} in ${colorScheme}`).toEqual([]);
    }
    await seat.getByRole('button', { name: 'Kill switch' }).first().click();
    await seat.getByTestId('confirm-stop').waitFor();
    expect(await axeViolations(seat), `the panel in ${colorScheme}`).toEqual([]);
    await seat.context().close();
  }
});

promise('R-SCREEN-2', 'pages fit 320 px, and say within five seconds that they are not live any more', async () => {
  const seat = await signInBrowser(browser, installation.run.urls.console, { viewport: { width: 320, height: 640 } });
  const paths = ['/overview', '/agents', '/agents/cs-prod/credentials', '/settings/tokens', '/emergency'];
  for (const path of [
    ...paths,
    '/grants',
    '/grants/new',
    '/grants/who-can',
    '/policies',
    '/agents/cs-prod/access',
    '/tools',
    '/directories',
    '/widenings',
    '/settings/api-tokens',
    ...Object.values(rules),
  ]) {
    await seat.goto(`${installation.run.urls.console}${path}`);
    await seat.getByRole('heading', { level: 1 }).waitFor();
    const overflow = await seat.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${path} at 320 px`).toBeLessThanOrEqual(0);
  }
  await isLive(seat);
  process.kill(installation.run.pids.api, 'SIGSTOP');
  const stoppedAt = performance.now();
  try {
    await seat.locator('[data-freshness=stale], [data-freshness=offline]').first().waitFor({ timeout: 8_000 });
  } finally {
    process.kill(installation.run.pids.api, 'SIGCONT');
  }
  expect(performance.now() - stoppedAt).toBeLessThan(6_000);
  await isLive(seat, 15_000);
});
