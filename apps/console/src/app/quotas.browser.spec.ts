// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const use = (page: Page) => page.getByRole('region', { name: 'Use of quotas' });

describe('the use of quotas', () => {
  it('stands on the page of the grant: how much of how much, in a word, by whom and how old that is', async () => {
    await withConsole(under, '/grants', {}, async (page) => {
      await page
        .getByRole('row', { name: /issue_refund/ })
        .getByRole('link', { name: 'Details' })
        .click();
      await page.getByText(/the oldest of these reports is from \d s ago/).waitFor();
      const rows = await use(page).getByRole('row').allInnerTexts();
      expect(rows[1]).toMatch(
        /at most 3 calls an hour per agent[\s\S]*agent cs-prod[\s\S]*3 of 3, used up[\s\S]*ends in/,
      );
      expect(rows[1]).toMatch(
        /support-desk \(guard-1\): used 3, reported \d s ago[\s\S]*guard-gone: used 0, holds 1, reported never/,
      );
      expect(rows[2]).toContain('2 of 3, within the limit');
    });
  });

  it('stands on the page of the agent with the grant it counts for, and for that agent alone', async () => {
    await withConsole(under, '/agents/cs-prod/access', {}, async (page) => {
      await use(page).getByText('3 of 3, used up').waitFor();
      expect(await use(page).getByRole('row').count()).toBe(2);
      await use(page).getByRole('link', { name: 'support-desk/issue_refund' }).click();
      await page.getByRole('heading', { level: 1, name: 'Grant g-refund' }).waitFor();
      await page.goto(`${new URL(page.url()).origin}/agents/research/access`);
      await page.getByText('Nothing is counted for this agent').waitFor();
    });
  });

  it('draws ten thousand windows a part at a time, and says apart: nothing counted, no quota, not loaded', async () => {
    await withConsole(under, '/grants/g-refund', { quotaWindows: 10_000 }, async (page, { state }) => {
      await page.getByRole('button', { name: 'Show all 10,000' }).waitFor();
      expect(await use(page).getByRole('row').count()).toBe(51);
      state.failing.add('QuotaUsage');
      await page.reload();
      await page.getByRole('alert').getByText('The use of its quotas could not be loaded').waitFor();
      state.forbidden.add('GrantPage');
      await page.reload();
      await page.getByRole('alert').getByText('without the permission read').waitFor();
    });
    await withConsole(under, '/grants/g-refund', { quotaWindows: 0 }, async (page) => {
      await page.getByText('Nothing was counted in the windows that run now.').waitFor();
      await page.goto(`${new URL(page.url()).origin}/grants/g-read`);
      await page.getByText('It has no quota, so nothing is counted.').waitFor();
      await page.goto(`${new URL(page.url()).origin}/grants/nothing`);
      await page.getByText('There is no grant with this id.').waitFor();
    });
  });

  it('is read by who may not grant, and the acts on the grant name what is missing', async () => {
    await withConsole(under, '/grants/g-refund', { permissions: ['read'] }, async (page) => {
      await use(page).getByText('3 of 3, used up').waitFor();
      expect(await page.getByRole('button', { name: 'Revoke…' }).getAttribute('aria-disabled')).toBe('true');
      await page.getByText('Needs the permission grants:write').waitFor({ state: 'attached' });
    });
  });
});
