// @vitest-environment node
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axeViolations } from '@portcullis/testkit/browser';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startFixture, type Fixture, type FixtureOptions } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';

interface Scene {
  readonly name: string;
  readonly path: string;
  readonly world?: FixtureOptions;
  /** What must be on the page before it is judged. */
  readonly shows: string | RegExp;
  readonly act?: (page: Page, fixture: Fixture) => Promise<void>;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const issue = (kind: string | RegExp) => async (page: Page) => {
  await press('Issue credential')(page);
  await page.getByRole('radio', { name: kind }).check();
  await page.getByRole('button', { name: 'Issue', exact: true }).click();
  await page.getByTestId('secret').waitFor();
};
const scenes: readonly Scene[] = [
  {
    name: 'claim',
    path: '/claim#token',
    world: { signedIn: false, claimed: false },
    shows: 'You will need a second person',
  },
  { name: 'sign-in', path: '/sign-in', world: { signedIn: false }, shows: 'Sign in' },
  { name: 'overview', path: '/overview', shows: /Normal · revision/ },
  {
    name: 'full record',
    path: '/overview',
    shows: 'Result that left',
    act: async (page) => {
      await press(/^Full record of/)(page);
      await press('Open the record')(page);
      await page.getByText(/^Arguments/).click();
    },
  },
  { name: 'overview of an empty install', path: '/overview', world: { empty: true }, shows: 'First steps' },
  { name: 'agents', path: '/agents', shows: 'cs-prod' },
  { name: 'no agents', path: '/agents', world: { empty: true }, shows: 'No agents yet' },
  {
    name: 'agents without the permission',
    path: '/agents',
    world: { permissions: ['read'] },
    shows: 'Needs the permission agents:write',
  },
  { name: 'agent', path: '/agents/cs-prod', shows: 'Retire cs-prod' },
  { name: 'retire dialog', path: '/agents/cs-prod', shows: 'Retiring is final', act: press(/^Retire cs-prod/) },
  { name: 'create dialog', path: '/agents', shows: 'The person who answers for it', act: press('Create agent') },
  { name: 'host dialog', path: '/agents/cs-prod', shows: 'name any user in them', act: press('Choose a host') },
  { name: 'edit dialog', path: '/agents/cs-prod', shows: 'Save agent', act: press('Edit') },
  { name: 'assign dialog', path: '/agents/cs-prod', shows: 'Until', act: press('Assign role') },
  { name: 'credentials', path: '/agents/cs-prod/credentials', shows: 'Revoke pcs_9f31' },
  {
    name: 'issue dialog',
    path: '/agents/cs-prod/credentials',
    shows: 'How the agent proves itself',
    act: press('Issue credential'),
  },
  {
    name: 'issued secret',
    path: '/agents/cs-prod/credentials',
    shows: 'I have stored it',
    act: issue('Client secret'),
  },
  { name: 'issued key', path: '/agents/cs-prod/credentials', shows: 'never sent', act: issue(/^Key pair/) },
  { name: 'access', path: '/agents/cs-prod/access', shows: 'whatever the arguments' },
  { name: 'no access', path: '/agents/research/access', shows: 'no role in' },
  { name: 'observed access', path: '/agents/cs-prod/access', world: { observed: true }, shows: 'staging is observed' },
  {
    name: 'explained call',
    path: '/agents/cs-prod/access',
    shows: 'What would have to change',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Tool' }).fill('issue_refund');
      await page.getByRole('textbox', { name: 'Arguments' }).fill('{"amount": 240}');
      await press('Explain')(page);
    },
  },
  { name: 'environments', path: '/settings/environments', shows: 'enforced' },
  {
    name: 'observed environment',
    path: '/settings/environments',
    world: { observed: true },
    shows: '1252 would deny',
  },
  {
    name: 'observe dialog',
    path: '/settings/environments',
    shows: 'What no grant gives will run',
    act: press('Observe prod'),
  },
  {
    name: 'accept dialog',
    path: '/settings/environments',
    world: { observed: true },
    shows: 'whatever the arguments',
    act: press(/^Grant support-desk\/list_tickets/),
  },
  { name: 'review dialog', path: '/settings/environments', shows: 'stays.', act: press('Require reviews in prod') },
  { name: 'bar on another page', path: '/agents', world: { observed: true }, shows: 'OBSERVED' },
  { name: 'rotation', path: '/agents/research/credentials', shows: 'nothing is using it' },
  { name: 'finish dialog', path: '/agents/research/credentials', shows: 'revoked for ever', act: press('Finish') },
  {
    name: 'taint dialog',
    path: '/agents/cs-prod/credentials',
    shows: 'For a credential somebody else may hold',
    act: press(/^Taint pcs/),
  },
  {
    name: 'revoke dialog',
    path: '/agents/cs-prod/credentials',
    shows: 'Revoking is final',
    act: press(/^Revoke pcs/),
  },
  { name: 'conversations', path: '/agents/cs-prod/conversations', shows: 'customerId: C-104' },
  {
    name: 'open conversation dialog',
    path: '/agents/cs-prod/conversations',
    shows: 'You are its user',
    act: press('Open a conversation'),
  },
  {
    name: 'close conversation dialog',
    path: '/agents/cs-prod/conversations',
    shows: 'Closing is final',
    act: press(/^Close 0b6f2f6e/),
  },
  { name: 'changes', path: '/agents/cs-prod/changes', shows: 'Agent cs-prod was created by Ana.' },
  {
    name: 'rotation policy dialog',
    path: '/agents/cs-prod/credentials',
    shows: 'Remove the policy',
    act: press('Change'),
  },
  { name: 'tools', path: '/tools', shows: 'none: counts as destructive' },
  { name: 'no tools', path: '/tools', world: { empty: true }, shows: 'Tools appear when a server connects.' },
  { name: 'tool', path: '/tools/support-desk/list_tickets', shows: 'Edit classes' },
  { name: 'changed tool', path: '/tools/support-desk/close_ticket', shows: 'Compared with the accepted definition' },
  {
    name: 'accept dialog',
    path: '/tools/support-desk/close_ticket',
    shows: 'Models read all of what you accept.',
    act: press(/^Accept definition/),
  },
  {
    name: 'classes dialog',
    path: '/tools/support-desk/close_ticket',
    shows: 'because its name says',
    act: press('Edit classes'),
  },
  { name: 'token settings', path: '/settings/tokens', shows: 'Save token settings' },
  {
    name: 'token settings that bind tokens to keys',
    path: '/settings/tokens',
    shows: 'Which agents those are is not known',
    act: (page) => page.getByRole('switch').check(),
  },
  {
    name: 'rotate signing key dialog',
    path: '/settings/tokens',
    shows: 'No call fails and nothing restarts',
    act: press('Rotate signing key'),
  },
  {
    name: 'signing key under way',
    path: '/settings/tokens',
    world: { neverApplies: true },
    shows: '2 guards do not hold it yet',
    act: async (page) => {
      await press('Rotate signing key')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate signing key' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    },
  },
  {
    name: 'withdraw signing key dialog',
    path: '/settings/tokens',
    shows: 'It is final',
    act: press(/^Withdraw .* now$/),
  },
  { name: 'issuers', path: '/settings/issuers', world: { issuers: 4 }, shows: 'Remove subsidiary-3' },
  { name: 'no issuers', path: '/settings/issuers', world: { empty: true }, shows: 'No issuers yet' },
  { name: 'add issuer dialog', path: '/settings/issuers', shows: 'Exactly as its tokens', act: press('Add issuer') },
  { name: 'edit issuer dialog', path: '/settings/issuers', shows: 'Its id and address stay', act: press(/^Edit/) },
  { name: 'remove issuer dialog', path: '/settings/issuers', shows: 'To try first', act: press(/^Remove/) },
  {
    name: 'subject token',
    path: '/agents/cs-prod',
    shows: 'tokens made with it end no later',
    act: press('Let cs-prod act for me'),
  },
  {
    name: 'keys at an address',
    path: '/agents/cs-prod/credentials',
    shows: 'A public https address',
    act: async (page) => {
      await press('Issue credential')(page);
      await page.getByRole('radio', { name: /^Address where/ }).check();
    },
  },
  { name: 'servers', path: '/servers', shows: 'Support desk' },
  { name: 'server', path: '/servers/support-desk', shows: 'none: counts as destructive' },
  { name: 'join token', path: '/servers/support-desk', shows: 'Three lines', act: press('Connect a guard') },
  { name: 'no policies', path: '/policies', shows: 'Default deny is in force' },
  {
    name: 'policy that waits for a review',
    path: '/policies',
    world: { reviewed: ['prod'] },
    shows: 'Nobody else has the permission',
    act: async (page) => {
      await press('Start from an example')(page);
      await page.getByRole('textbox', { name: 'Id' }).fill('quiet-hours');
      await page.getByRole('textbox', { name: 'Name' }).fill('Quiet hours');
      await press('Save draft')(page);
    },
  },
  { name: 'grants', path: '/grants', shows: 'amount at most 100' },
  { name: 'add a grant', path: '/grants', shows: 'Task that the token must cover', act: press('Add grant') },
  { name: 'a copied grant', path: '/grants/new?from=g-refund', shows: 'amount at most 100' },
  {
    name: 'limits of every kind',
    path: '/grants/new',
    shows: 'Each item',
    act: async (page) => {
      await press('Add constraint')(page);
      await page.getByRole('combobox', { name: 'Rule' }).click();
      await page.getByRole('option', { name: 'list with limits on its items' }).click();
      await press('Add obligation')(page);
    },
  },
  {
    name: 'who can',
    path: '/grants/who-can',
    shows: 'once approved',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Environment' }).click();
      await page.getByRole('option', { name: 'prod' }).click();
      await page.getByRole('combobox', { name: 'Tool' }).fill('issue_refund');
      await page.keyboard.press('Escape');
      await press('Who can?')(page);
    },
  },
  { name: 'revoke a grant', path: '/grants', shows: 'It can be granted anew', act: press('Revoke') },
  { name: 'no grants', path: '/grants', world: { empty: true }, shows: 'Everything is denied until you grant it' },
  { name: 'grant with its quotas', path: '/grants/g-refund', shows: '3 of 3, used up' },
  { name: 'directories', path: '/directories', shows: 'Friends of the house' },
  { name: 'no directories', path: '/directories', world: { empty: true }, shows: 'No directories yet' },
  { name: 'create directory dialog', path: '/directories', shows: 'Only grants there', act: press('Create directory') },
  {
    name: 'directory to who may only read',
    path: '/directories/friends',
    world: { permissions: ['read'] },
    shows: 'user-00001@example.com',
  },
  {
    name: 'pasted lines that are bad',
    path: '/directories/friends',
    shows: 'Line 2: Carl',
    act: async (page) => {
      await press('Add entries…')(page);
      await page.getByRole('textbox', { name: 'Entries, one a line' }).fill('bob@example.com\nCarl');
      await page.getByRole('dialog').getByRole('button', { name: 'Add entries' }).click();
    },
  },
  {
    name: 'directory that grants name',
    path: '/directories/friends',
    shows: 'grants stand in the way',
    act: async (page) => {
      await press('Retire friends…')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Retire friends' }).click();
    },
  },
  { name: 'widenings', path: '/widenings', shows: 'ended early' },
  { name: 'no widenings', path: '/widenings', world: { empty: true }, shows: 'No conversation was ever widened' },
  {
    name: 'end widening dialog',
    path: '/widenings',
    shows: 'The conversation itself stays open',
    act: press(/^End now/),
  },
  {
    name: 'widen dialog',
    path: '/agents/cs-prod/conversations',
    shows: 'This is a widening:',
    act: async (page) => {
      await press(/^Widen 0b6f2f6e/)(page);
      await page.getByRole('combobox', { name: 'Tool', exact: true }).click();
      await page.getByRole('option', { name: 'support-desk/issue_refund' }).click();
      await page.getByRole('textbox', { name: 'Reason' }).fill('The customer waits');
      await press('Widen…')(page);
    },
  },
  { name: 'API tokens', path: '/settings/api-tokens', shows: 'pct_s00001' },
  { name: 'no API tokens', path: '/settings/api-tokens', world: { empty: true }, shows: 'No API tokens yet' },
  {
    name: 'API token shown once',
    path: '/settings/api-tokens',
    shows: 'Accepted (revision 42)',
    act: async (page) => {
      await press('Create API token')(page);
      await page.getByRole('textbox', { name: 'Name' }).fill('policy in CI');
      await page.getByRole('dialog').getByRole('button', { name: 'Create API token' }).click();
    },
  },
  { name: 'revoke API token dialog', path: '/settings/api-tokens', shows: 'Revoking is final', act: press(/^Revoke/) },
  { name: 'emergency', path: '/emergency', shows: 'Nothing is stopped.' },
  {
    name: 'stop ticket',
    path: '/emergency',
    shows: 'It can stop; it can release nothing',
    act: press('Get a stop ticket'),
  },
  { name: 'kill switch panel', path: '/agents/cs-prod', shows: 'What this stops', act: press('Kill switch') },
  { name: 'an address with nothing behind it', path: '/nowhere', shows: 'There is no such page' },
];

describe('every page and dialog', () => {
  const under = consoleUnderTest();

  it.each(scenes)(
    '$name has no axe violation, light or dark, and no sideways scrolling at 320 pixels',
    async (scene) => {
      const fixture = await startFixture({ dist: under.dist, ...scene.world });
      const page = await under.browser.page({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(fixture.url + scene.path);
      await page.locator('h1').first().waitFor();
      await scene.act?.(page, fixture);
      await page.getByText(scene.shows).first().waitFor({ state: 'attached' });

      expect(await axeViolations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('[data-mantine-color-scheme="dark"]').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await page.context().close();
      await fixture.close();
    },
  );

  it('C-C4 has a stop link in the static page, before any script', async () => {
    const html = await readFile(join(under.dist, 'index.html'), 'utf8');

    expect(html).toMatch(/<div id="root">[\s\S]*<a href="\/stop">/);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });

  it('C-C1 loads its first route within 300 KB of script and 45 KB of style', async () => {
    const loaded = new Map<string, number>();
    const fixture = await startFixture({ dist: under.dist });
    const page = await under.browser.page();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/assets/')) loaded.set(pathname, 0);
    });
    await page.goto(`${fixture.url}/overview`);
    await page.getByText(/Normal · revision/).waitFor();
    for (const path of loaded.keys()) loaded.set(path, gzipSync(await readFile(join(under.dist, path))).length);
    const sum = (ending: string) =>
      [...loaded].reduce((total, [path, size]) => total + (path.endsWith(ending) ? size : 0), 0);

    expect(sum('.js')).toBeGreaterThan(50_000);
    expect(sum('.js')).toBeLessThanOrEqual(300 * 1024);
    expect(sum('.css')).toBeLessThanOrEqual(45 * 1024);
    await page.context().close();
    await fixture.close();
  });
});
