// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { whenFocused } from '../testing/when-focused.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const secret = `pct_${'invented'.repeat(5)}`;

describe('the API tokens', () => {
  it('say when they end, when they were last used, and which are over', async () => {
    await withConsole(under, '/settings/api-tokens', {}, async (page) => {
      const row = (name: RegExp) => page.getByRole('row', { name }).innerText();
      expect(await row(/policy in CI/)).toMatch(/pct_s00001…\s+valid, ends in 60 d\s+4\d s ago\s+1 d ago/);
      expect(await row(/nightly/)).toContain('expired 1 d ago');
      expect(await row(/old laptop/)).toContain('revoked 3 d ago');
      expect(await button(page, /^Revoke/).count()).toBe(1);
    });
  });

  it('are created by keyboard alone and shown once: afterwards the token is nowhere on the page', async () => {
    await withConsole(under, '/settings/api-tokens', {}, async (page, { state }) => {
      const before = state.world.revision;
      await button(page, 'Create API token').focus();
      await page.keyboard.press('Enter');
      await whenFocused(dialog(page).getByRole('textbox', { name: 'Name' }));
      await page.keyboard.type('nightly report');
      await page.keyboard.press('Enter');
      expect(await page.getByTestId('secret').innerText()).toBe(secret);
      await dialog(page)
        .getByText(`Accepted (revision ${before + 1}). It ends in`)
        .waitFor();
      await page.keyboard.press('Escape');
      expect(await dialog(page).count()).toBe(1);
      await button(page, 'I have stored it').click();
      await page.getByRole('row', { name: /nightly report/ }).waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(state.world.apiTokens[0]).toMatchObject({ name: 'nightly report', revokedAt: null });
    });
  });

  it('keep what was typed when the server refuses, at the field it is about', async () => {
    await withConsole(under, '/settings/api-tokens', {}, async (page, { state }) => {
      const before = [state.world.apiTokens.length, state.world.revision];
      await button(page, 'Create API token').click();
      await page.getByRole('textbox', { name: 'Name' }).fill(' ');
      await dialog(page).getByRole('button', { name: 'Create API token' }).click();
      await dialog(page).getByText('say what it is for').waitFor();
      state.failing.add('CreateApiToken');
      await page.getByRole('textbox', { name: 'Name' }).fill('report');
      await dialog(page).getByRole('button', { name: 'Create API token' }).click();
      await dialog(page).getByText('req-7f31').waitFor();
      expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('report');
      expect([state.world.apiTokens.length, state.world.revision]).toEqual(before);
    });
  });

  it('are revoked after a confirmation, and stay when that is refused', async () => {
    await withConsole(under, '/settings/api-tokens', {}, async (page, { state }) => {
      const before = state.world.revision;
      state.failing.add('RevokeApiToken');
      await button(page, /^Revoke pct_s00001/).click();
      await dialog(page).getByText('Revoking is final').waitFor();
      await page.keyboard.press('Enter');
      await dialog(page)
        .getByRole('button', { name: /^Revoke pct/ })
        .click();
      await dialog(page).getByText('The token still works.').waitFor();
      expect([state.world.apiTokens[0]?.revokedAt, state.world.revision]).toEqual([null, before]);
      state.failing.clear();
      await dialog(page)
        .getByRole('button', { name: /^Revoke pct/ })
        .click();
      await dialog(page)
        .getByText(`Accepted (revision ${before + 1})`)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
      await expect.poll(() => button(page, /^Revoke/).count()).toBe(0);
    });
  });

  it('ten thousand of them do not freeze the page; none yet, none that match and no permission are said apart', async () => {
    await withConsole(under, '/settings/api-tokens', { apiTokens: 10_000 }, async (page, { state }) => {
      await page.getByText('10,000 in all').waitFor();
      await page.getByRole('searchbox').fill('nothing like it');
      await page.getByText('0 of 10,000 match').waitFor();
      state.forbidden.add('ApiTokens');
      await page.reload();
      await page.getByRole('alert').getByText('The API tokens could not be loaded').waitFor();
      await page.getByText('without the permission read').waitFor();
    });
    await withConsole(under, '/settings/api-tokens', { empty: true }, async (page) => {
      await page.getByText('No API tokens yet').waitFor();
      expect(await button(page, 'Create API token').count()).toBe(1);
    });
  });
});
