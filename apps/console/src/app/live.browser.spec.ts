// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture, FixtureOptions } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole as openConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const withConsole = (path: string, world: FixtureOptions, run: (page: Page, fixture: Fixture) => Promise<void>) =>
  openConsole(under, path, world, run);

const confirm = (page: Page) => page.getByTestId('confirm-stop');
const openPanel = (page: Page) => page.getByRole('button', { name: 'Kill switch' }).click();
const freshness = (page: Page, word: string, timeout = 10_000) =>
  page.locator(`[data-freshness="${word}"]`).waitFor({ timeout });

describe('the kill switch panel', () => {
  it('C-A1 stops the agent of the page in two clicks and says applied only when it is', async () => {
    await withConsole('/agents/cs-prod', {}, async (page, { state }) => {
      await freshness(page, 'live');
      const before = state.world.revision;
      await openPanel(page);
      await confirm(page).click();

      await page
        .getByText(`revision ${before + 1}`)
        .first()
        .waitFor();
      await page
        .getByRole('dialog')
        .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
        .waitFor();
      expect(state.world.engagements).toMatchObject([{ scope: 'agent', target: 'cs-prod' }]);
      expect(state.world.revision).toBe(before + 1);
      await page.getByTestId('stopped-bar').waitFor();
    });
  });

  it('never says applied while a server has not answered', async () => {
    await withConsole('/agents/cs-prod', { neverApplies: true }, async (page) => {
      await freshness(page, 'live');
      await openPanel(page);
      await confirm(page).click();

      const panel = page.getByRole('dialog');
      await panel.getByText('applied at 0 of 1 servers', { exact: true }).waitFor();
      await panel.getByText(/its lease ends in \d+ s and it then refuses all calls/).waitFor();
      expect(await panel.getByText('applied at 1 of').count()).toBe(0);
    });
  });

  it('goes by the API when the kill lane refuses', async () => {
    await withConsole('/agents/cs-prod', { laneAnswers: false }, async (page, { state }) => {
      await openPanel(page);
      await confirm(page).click();

      await page.getByText('accepted in').waitFor();
      expect(state.world.engagements).toHaveLength(1);
    });
  });

  it('says NOT STOPPED with the other ways when nothing accepts, and nothing has changed', async () => {
    await withConsole('/agents/cs-prod', { laneAnswers: false }, async (page, { state }) => {
      state.failing.add('EngageKillSwitch');
      const before = state.world.revision;
      await openPanel(page);
      await confirm(page).click();

      const note = page.getByRole('alert').filter({ hasText: 'NOT STOPPED' });
      await note.waitFor();
      expect(await note.innerText()).toContain('portcullis kill agent cs-prod');
      await note.getByRole('button', { name: 'Retry' }).waitFor();
      expect(state.world).toMatchObject({ revision: before, engagements: [] });
    });
  });

  it('fires nothing by the chord, by Enter, by a double click, or before it is armed', async () => {
    await withConsole('/agents/cs-prod', {}, async (page, { state }) => {
      await page.getByRole('button', { name: 'Kill switch' }).dblclick();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Shift+Period');
      await page.getByText('What should stop?').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: 'Everything' }).check();
      await confirm(page).filter({ hasText: 'Arm first' }).waitFor();
      await confirm(page).click({ force: true });

      expect(state.world.engagements).toEqual([]);

      await page.getByRole('switch', { name: 'Arm' }).check();
      await confirm(page).click();
      await page.getByText('accepted in').waitFor();
      expect(state.world.engagements).toMatchObject([{ scope: 'everything', target: '' }]);
    });
  });
});

describe('freshness', () => {
  it('C-B2 is stale within 5 s of a cut socket and offline within 8 s, then live again', async () => {
    await withConsole('/overview', {}, async (page, fixture) => {
      await freshness(page, 'live');
      const cutAt = Date.now();
      fixture.state.failing.add('OpenSocketTicket');
      fixture.cut();
      await freshness(page, 'stale', 5_000);
      await page.context().setOffline(true);
      await freshness(page, 'offline', 8_000 - (Date.now() - cutAt));
      await page.getByText(/^Last known \d+ s ago: /).waitFor();

      await page.context().setOffline(false);
      fixture.state.failing.delete('OpenSocketTicket');
      await freshness(page, 'live');
    });
  });

  it('holds new decisions back while paused, and counts them', async () => {
    await withConsole('/overview', {}, async (page) => {
      await freshness(page, 'live');
      const first = page.getByTestId('decisions').locator('tbody tr').first();
      await page.getByRole('button', { name: 'Pause' }).click();
      const before = await first.innerText();

      await page.getByRole('button', { name: /^[2-9] new$/ }).waitFor();
      await freshness(page, 'paused');
      expect(await first.innerText()).toBe(before);
    });
  });
});

describe('claim and secrets', () => {
  it('takes the claim token out of the address at once and signs the person in', async () => {
    await withConsole('/claim#one-time-token', { signedIn: false, claimed: false }, async (page) => {
      expect(page.url()).not.toContain('one-time-token');
      await page.getByLabel('E-mail').fill('ana@example.com');
      await page.getByLabel('Name').fill('Ana');
      await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
      await page.getByRole('button', { name: 'Claim install' }).click();
      await page.waitForURL('**/overview');
    });
  });

  it('shows a secret once, in a dialog that only its own button closes', async () => {
    await withConsole('/agents/cs-prod/credentials', {}, async (page) => {
      await page.getByRole('button', { name: 'Issue credential' }).click();
      await page.getByRole('radio', { name: 'Client secret' }).check();
      await page.getByRole('button', { name: 'Issue', exact: true }).click();
      const secret = await page.getByTestId('secret').innerText();
      await page.keyboard.press('Escape');
      await page.mouse.click(5, 5);
      expect(await page.getByTestId('secret').innerText()).toBe(secret);

      await page.getByRole('button', { name: 'I have stored it' }).click();
      await page.getByTestId('secret').waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(secret);
    });
  });
});
