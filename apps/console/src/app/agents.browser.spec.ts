// @vitest-environment node
import { openBrowser } from '@portcullis/testkit/browser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { buildConsole } from '../testing/built-console.js';
import { withConsole, type UnderTest } from '../testing/with-console.js';

let under: UnderTest;
beforeAll(async () => {
  const [built, browser] = await Promise.all([buildConsole(), openBrowser()]);
  under = { built, browser };
});
afterAll(async () => {
  await under.browser.close();
  await under.built.remove();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const applied = (page: Page) =>
  page
    .getByRole('dialog')
    .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
    .waitFor();
const agentOf = ({ state }: Fixture) => state.world.agents.find((agent) => agent.id === 'cs-prod');

describe('the parts of an agent', () => {
  it('have addresses of their own, and the bare address leads to the summary', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page) => {
      await page.waitForURL('**/agents/cs-prod/summary');
      await page.getByRole('link', { name: 'Credentials' }).click();
      await page.waitForURL('**/agents/cs-prod/credentials');
      await button(page, /^Revoke pcs_9f31/).waitFor();
    });
  });
});

describe('the lifecycle of an agent', () => {
  it('suspends after one confirmation, ends in the convergence line, and offers to resume', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Suspend cs-prod…').click();
      await page.keyboard.press('Enter');
      expect(agentOf(fixture)?.status).toBe('active');
      expect(fixture.state.world.revision).toBe(before);

      await inDialog(page, 'Suspend cs-prod').click();
      await applied(page);
      expect(agentOf(fixture)?.status).toBe('suspended');
      expect(fixture.state.world.revision).toBe(before + 1);

      await inDialog(page, /^Close$/).click();
      await button(page, 'Resume cs-prod…').click();
      await inDialog(page, 'Resume cs-prod').click();
      await applied(page);
      expect(agentOf(fixture)?.status).toBe('active');
      expect(fixture.state.world.revision).toBe(before + 2);
    });
  });

  it('offers nothing any more once the agent is retired', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      await button(page, 'Retire cs-prod…').click();
      await inDialog(page, 'Retire cs-prod').click();
      await applied(page);
      await inDialog(page, /^Close$/).click();

      await page.getByText('Nothing brings it back').waitFor();
      expect(agentOf(fixture)?.status).toBe('retired');
      for (const name of [/^(Suspend|Resume|Retire) cs-prod/, 'Edit', 'Assign role']) {
        expect(await button(page, name).count()).toBe(0);
      }
    });
  });

  it('says that nothing changed when it is refused, and nothing has', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      fixture.state.failing.add('RetireAgent');
      const before = fixture.state.world.revision;
      await button(page, 'Retire cs-prod…').click();
      await inDialog(page, 'Retire cs-prod').click();

      await page.getByRole('alert').getByText('The agent is as it was.').waitFor();
      expect(agentOf(fixture)?.status).toBe('active');
      expect(fixture.state.world.revision).toBe(before);
    });
  });

  it('takes another name', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Edit').click();
      await page.getByLabel('Name').fill('Support, evenings');
      await inDialog(page, 'Save agent').click();

      await page.getByRole('heading', { level: 1, name: 'Support, evenings' }).waitFor();
      expect(fixture.state.world.revision).toBe(before + 1);
    });
  });
});
