import { afterAll, beforeAll, expect } from 'vitest';
import { openBrowser, type OpenBrowser } from '@portcullis/testkit/browser';
import type { Page } from 'playwright-core';
import { demoFile } from '../stack/demo-world.js';
import { startInstallation, type Installation } from '../stack/installation.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { promise } from '../promise.js';
import { claimInBrowser, closeDialog, isLive, whenApplied } from './sit-at.js';

let installation: Installation;
let browser: OpenBrowser;
let page: Page;
const failures: string[] = [];

beforeAll(async () => {
  [installation, browser] = await Promise.all([startInstallation(), openBrowser()]);
  page = await browser.page();
  page.on('pageerror', (error) => failures.push(error.message));
  await claimInBrowser(page, installation.run.urls.claim);
  await isLive(page);
});
afterAll(async () => {
  await browser.close();
  await installation.remove();
});

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const part = (name: string) => page.getByRole('listitem', { name, exact: true });

/** Research may refund at most 50, and above 20 a person of finance approves it. */
async function buildGrant(): Promise<void> {
  await page.goto(`${installation.run.urls.console}/grants`);
  await page.getByRole('button', { name: 'Add grant' }).click();
  await choose('Role', 'Research');
  await choose('Task that the token must cover', 'execute: acts');
  await choose('Tool', 'support-desk/refund');
  await page.getByRole('button', { name: 'Add constraint', exact: true }).click();
  await part('constraint 1').getByRole('combobox', { name: 'Parameter' }).fill('amount');
  await part('constraint 1').getByRole('textbox', { name: 'At most' }).fill('50');
  await part('constraint 1').getByText('amount at most 50').waitFor();
  await page.getByRole('button', { name: 'Add obligation', exact: true }).click();
  await part('obligation 1').getByRole('textbox', { name: 'Who approves' }).fill('finance');
  await part('obligation 1').getByRole('button', { name: 'Add exception' }).click();
  await part('exception 1').getByRole('combobox', { name: 'Parameter' }).fill('amount');
  await part('exception 1').getByRole('textbox', { name: 'At most' }).fill('20');
  await part('obligation 1').getByText('approval of finance unless amount at most 20').waitFor();
  await page.getByRole('button', { name: 'See what it would change' }).click();
}

promise(
  'R-SCREEN-11',
  'a grant built on the page is obeyed by an agent: its limit, its approval, and its end',
  async () => {
    const { agents, resource } = await demoFile(installation);
    const token = await tokenFor({
      console: installation.run.urls.console,
      clientId: 'research',
      clientSecret: agents['research']?.clientSecret ?? '',
      resource,
      scope: 'role:research task:execute',
    });
    const agent = await connectAgent(resource, token);
    const refund = async (amount: number) => {
      const result = await callTool(agent, 'refund', { ticket: 'T-1003', customer: 'C-104', amount });
      return denialOf(result)?.reason ?? (result.isError ? 'no such tool' : 'ran');
    };
    const before = await refund(10);

    await buildGrant();
    await page.getByText('1 newly allowed.').waitFor();
    const unsaved = await refund(10);
    await page.getByRole('button', { name: 'Widen prod…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Widen prod' }).click();
    await page.getByText(/^applied at 1 of 1 servers in \d+ ms$/).waitFor();
    const granted = [await refund(10), await refund(30), await refund(60)];

    await page.getByRole('link', { name: 'See the grants' }).click();
    const row = page.getByRole('row', { name: /research.*support-desk\/refund/ });
    await row.getByText('then: approval of finance unless amount at most 20').waitFor();
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByText('1 newly denied.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke support-desk/refund' }).click();
    await whenApplied(page);
    await closeDialog(page);

    expect([before, unsaved]).toEqual(['no such tool', 'no such tool']);
    expect(granted).toEqual(['ran', 'approval_required', 'constraint']);
    expect(await refund(10)).toBe('no such tool');
    expect(failures).toEqual([]);
  },
);
