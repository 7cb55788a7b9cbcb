// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });

describe('the token settings', () => {
  it('say what requiring a key breaks before it is saved, and keep it when it is', async () => {
    await withConsole(under, '/settings/tokens', {}, async (page, { state }) => {
      const before = state.world.revision;
      const required = page.getByRole('switch', { name: /bound to a key/ });
      await required.focus();
      await page.keyboard.press('Space');
      await page.getByText('Which agents those are is not known').waitFor();
      expect(state.world.tokenSettings.requireDpop).toBe(false);
      await button(page, 'Save token settings').click();
      await page.getByText('Saved.').waitFor();
      expect(state.world.tokenSettings).toMatchObject({ requireDpop: true, tokenLifeSeconds: 300 });
      expect(state.world.revision).toBe(before + 1);
      expect(await page.getByText('Which agents those are is not known').count()).toBe(0);
    });
  });

  it('keep what was typed when saving is refused', async () => {
    await withConsole(under, '/settings/tokens', {}, async (page, { state }) => {
      state.failing.add('UpdateTokenSettings');
      await page.getByLabel(/^Life of an access token/).fill('600');
      await button(page, 'Save token settings').click();
      await page.getByRole('alert').getByText('Nothing changed.').waitFor();
      expect(await page.getByLabel(/^Life of an access token/).inputValue()).toBe('600');
      expect(state.world.tokenSettings.tokenLifeSeconds).toBe(300);
    });
  });
});

describe('the signing keys', () => {
  const states = ({ state }: Fixture) => state.world.tokenSettings.signingKeys.map((key) => key.state);

  it('are rotated after a confirmation; the card waits for the guards and then says that the new key signs', async () => {
    await withConsole(under, '/settings/tokens', {}, async (page, fixture) => {
      await button(page, 'Rotate signing key').click();
      await page.keyboard.press('Enter');
      expect(states(fixture)).toEqual(['signing', 'verifying', 'withdrawn']);
      await inDialog(page, 'Rotate signing key').click();
      await page.getByText('A new key is published').waitFor();
      await inDialog(page, /^Close$/).click();

      await button(page, 'Rotate signing key').waitFor();
      await page.getByText('signs every new token').waitFor();
      expect(states(fixture)).toEqual(['signing', 'verifying', 'verifying', 'withdrawn']);
      expect(await button(page, /^Withdraw .* now$/).count()).toBe(2);
    });
  });

  it('never say that a key signs while a guard does not hold it, and offer no second rotation meanwhile', async () => {
    await withConsole(under, '/settings/tokens', { neverApplies: true }, async (page, fixture) => {
      await button(page, 'Rotate signing key').click();
      await inDialog(page, 'Rotate signing key').click();
      await page.getByText('A new key is published').waitFor();
      await inDialog(page, /^Close$/).click();

      await page.getByRole('status').getByText('2 guards do not hold it yet').waitFor();
      expect(await button(page, 'Rotate signing key').count()).toBe(0);
      expect(states(fixture)).toEqual(['published', 'signing', 'verifying', 'withdrawn']);
    });
  });

  it('are withdrawn at once after what dies with them is said; only one that verifies can be', async () => {
    await withConsole(under, '/settings/tokens', {}, async (page, fixture) => {
      await button(page, /^Withdraw k7MfD2_uPz81… now$/).click();
      await page.getByText('every token that was signed with it is refused there').waitFor();
      expect(states(fixture)).toEqual(['signing', 'verifying', 'withdrawn']);
      await inDialog(page, /^Withdraw k7MfD2/).click();
      await page.getByText('Withdrawal recorded.').waitFor();
      await inDialog(page, /^Close$/).click();

      expect(states(fixture)).toEqual(['signing', 'withdrawn', 'withdrawn']);
      await expect.poll(() => button(page, /^Withdraw /).count()).toBe(0);
    });
  });

  it('say how many guards still take a withdrawn one', async () => {
    await withConsole(under, '/settings/tokens', { neverApplies: true }, async (page) => {
      await button(page, /^Withdraw k7MfD2_uPz81… now$/).click();
      await inDialog(page, /^Withdraw k7MfD2/).click();
      await inDialog(page, /^Close$/).click();
      await page.getByText('1 guard still takes it').waitFor();
    });
  });
});
