// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const fullRecord = (page: Page) => page.getByRole('button', { name: /^Full record of / }).first();
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Full record of read_ticket, called by cs-prod/ });

async function opened(page: Page): Promise<void> {
  await fullRecord(page).click();
  await dialog(page).getByRole('button', { name: 'Open the record' }).click();
  await dialog(page).getByText('Read by').waitFor();
}

describe('what is told of results, and their records', () => {
  it('stands by each decision in words', async () => {
    await withConsole(under, '/overview', {}, async (page) => {
      const rows = page.getByTestId('decisions').getByRole('row');
      const ticket = rows.filter({ hasText: 'read_ticket' }).first();
      await ticket.getByText('untrusted · internal').waitFor();
      await ticket.getByText('withheld: one part of the content could not be filtered').waitFor();
      await rows.filter({ hasText: 'list_tickets' }).first().getByText('recorded by hashes only').waitFor();
      expect(await rows.filter({ hasText: 'issue_refund' }).getByText('Full record').count()).toBe(0);
    });
  });

  it('are read only by an act that says it is written down, folded up, as plain text with nothing unseen', async () => {
    await withConsole(under, '/overview', {}, async (page) => {
      await fullRecord(page).click();
      await dialog(page).getByText('That you read it is written down.').waitFor();
      expect(await page.getByText('T-1003').count()).toBe(0);
      await dialog(page).getByRole('button', { name: 'Open the record' }).click();
      await dialog(page).getByText('Ana, just now').waitFor();
      expect(await dialog(page).getByText('"T-1003"').first().isVisible()).toBe(false);

      await dialog(page).getByText('Result that left').click();
      const text = dialog(page).getByRole('region', { name: 'Result that left' });
      await text.waitFor();

      const drawn = await text.innerText();
      expect(drawn).toContain('"subject": "Refund U+202EpleaseU+200B <b>now</b>"');
      expect(drawn).not.toMatch(/[\u202e\u200b]/);
      expect(drawn.length).toBeLessThan(21_000);
      await dialog(page)
        .getByText(/characters more are not shown here/)
        .waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog(page)
          .getByRole('button', { name: /^Download d-\d+\.result\.json/ })
          .click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^d-\d+\.result\.json$/);
    });
  });

  it('are named with the permission they need to who lacks it', async () => {
    await withConsole(under, '/overview', { permissions: ['read'] }, async (page) => {
      await fullRecord(page).click({ force: true });
      await page.getByText('Needs the permission records:read').first().waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  });

  it('say that nothing was read when the record cannot be opened', async () => {
    await withConsole(under, '/overview', {}, async (page, { state }) => {
      state.failing.add('OpenFullRecord');
      await fullRecord(page).click();
      await dialog(page).getByRole('button', { name: 'Open the record' }).click();
      await dialog(page).getByRole('alert').getByText('Nothing was read.').waitFor();
    });
  });

  it('fit a page of 320 pixels', async () => {
    await withConsole(under, '/overview', {}, async (page) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await opened(page);
      await dialog(page)
        .getByText(/^Arguments/)
        .click();
      await dialog(page).getByRole('region', { name: 'Arguments' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
});
