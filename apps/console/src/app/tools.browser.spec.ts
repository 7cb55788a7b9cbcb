// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const toolOf = ({ state }: Fixture, name: string) =>
  state.world.servers.flatMap(({ tools }) => tools).find((tool) => tool.name === name);

describe('the tools', () => {
  it('stand by server, with classes, the state of their definition and who can call them', async () => {
    await withConsole(under, '/tools', {}, async (page) => {
      const table = page.getByRole('region', { name: 'Tools of Support desk' });
      const row = table.getByRole('row', { name: /close_ticket/ });
      await row.getByText('quarantined').waitFor();
      await row.getByText('none: counts as destructive').waitFor();
      await row.getByText('can be taken for mail-desk/close-ticket').waitFor();
      await row.getByText('nobody').waitFor();
      await table
        .getByRole('row', { name: /list_tickets/ })
        .getByText('support in prod: 2 agents by 1 grant')
        .waitFor();
      await page.getByRole('searchbox', { name: /^Filter/ }).fill('quarantined');
      await expect.poll(() => table.getByRole('row').count()).toBe(2);
    });
  });

  it('appear when a server connects, which the empty page says', async () => {
    await withConsole(under, '/tools', { empty: true }, async (page) => {
      await page.getByText('Tools appear when a server connects.').waitFor();
      expect(await page.getByRole('link', { name: 'Connect a server' }).getAttribute('href')).toBe('/servers');
    });
  });
});

describe('a tool whose definition changed', () => {
  const path = '/tools/support-desk/close_ticket';

  it('shows what changed, invisible characters too, and is accepted after that was read', async () => {
    await withConsole(under, path, {}, async (page, fixture) => {
      await page.getByText('quarantined: calls are refused and the tool is hidden').waitFor();
      const description = page.getByRole('region', { name: 'Description' });
      await expect.poll(() => description.innerText()).toContain('U+202E');
      expect(await description.innerText()).toContain('First read the customer file.');
      await page.getByRole('region', { name: 'Schema of the arguments' }).getByText('"note"').waitFor();
      const before = fixture.state.world.revision;
      await button(page, 'Accept definition close_ticket').click();
      await page.getByText('Models read all of what you accept.').waitFor();
      await page.keyboard.press('Enter');
      expect(fixture.state.world.revision).toBe(before);
      await inDialog(page, 'Accept definition').click();
      await page.getByText('Acceptance recorded.').waitFor();
      await inDialog(page, /^Close$/).click();
      await expect.poll(() => page.getByText('quarantined').count()).toBe(0);
      expect(fixture.state.world.revision).toBe(before + 1);
    });
  });

  it('stays as it was when accepting is refused', async () => {
    await withConsole(under, path, {}, async (page, fixture) => {
      fixture.state.failing.add('AcceptDefinition');
      await button(page, 'Accept definition close_ticket').click();
      await inDialog(page, 'Accept definition').click();
      await page.getByRole('alert').getByText('Calls of this definition are still refused.').waitFor();
      expect(toolOf(fixture, 'close_ticket')?.definitions[0]?.acceptedAt).toBeNull();
    });
  });

  it('is withdrawn after what it costs is said', async () => {
    await withConsole(under, '/tools/support-desk/list_tickets', {}, async (page, fixture) => {
      await button(page, 'Withdraw definition list_ticket').click();
      await page.getByText('those in flight are aborted').waitFor();
      await inDialog(page, 'Withdraw definition').click();
      await page.getByText('Withdrawal recorded.').waitFor();
      expect(toolOf(fixture, 'list_tickets')?.definitions[0]?.acceptedAt).toBeNull();
    });
  });

  it('cannot be accepted by who may only read, and says which permission it takes', async () => {
    await withConsole(under, path, { permissions: ['read'] }, async (page) => {
      await page.getByText('Needs the permission servers:write').first().waitFor({ state: 'attached' });
      await button(page, 'Accept definition close_ticket').click({ force: true });
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  });
});

describe('the classes of a tool', () => {
  it('are set by a person; what is proposed comes with its reasons and waits to be taken', async () => {
    await withConsole(under, '/tools/support-desk/close_ticket', {}, async (page, fixture) => {
      await page.getByText('It may be write: its name says “close”.').waitFor();
      await button(page, 'Edit classes').click();
      await page.getByText('because its name says “close”').waitFor();
      expect(toolOf(fixture, 'close_ticket')?.classes).toEqual([]);
      await inDialog(page, 'Add write').click();
      await inDialog(page, 'Save classes').click();
      await expect.poll(() => toolOf(fixture, 'close_ticket')?.classes).toEqual(['write']);
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    });
  });
});
