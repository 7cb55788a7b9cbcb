// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const modeOf = ({ state }: Fixture, environment: string) =>
  state.world.environments.find(({ id }) => id === environment)?.mode;
const bar = (page: Page) => page.getByTestId('observed-bar');

describe('an observed environment', () => {
  it('is begun with a reason and a length, and then said on every page', async () => {
    await withConsole(under, '/settings/environments', {}, async (page, fixture) => {
      expect(await bar(page).count()).toBe(0);
      const before = fixture.state.world.revision;
      await button(page, 'Observe prod').click();
      await page.getByText('What no grant gives will run').waitFor();
      await page.getByLabel('Days').fill('3');
      await page.getByLabel('Reason').fill('To learn');
      expect(modeOf(fixture, 'prod')).toBe('enforce');
      await inDialog(page, 'Observe prod').click();
      await bar(page).getByText('To learn').waitFor();
      expect([modeOf(fixture, 'prod'), fixture.state.world.revision]).toEqual(['observe', before + 1]);
      await page.getByRole('link', { name: 'Agents' }).click();
      await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
      expect(await bar(page).textContent()).toContain('OBSERVED');
    });
  });

  it('is not begun when it is refused, and the form says where', async () => {
    await withConsole(under, '/settings/environments', {}, async (page, fixture) => {
      await button(page, 'Observe prod').click();
      await page.getByLabel('Reason').fill('To learn');
      fixture.state.failing.add('ObserveEnvironment');
      await inDialog(page, 'Observe prod').click();
      await page.getByRole('alert').getByText('Rules are enforced as before.').waitFor();
      expect(await page.getByLabel('Reason').inputValue()).toBe('To learn');
      expect(modeOf(fixture, 'prod')).toBe('enforce');
    });
  });

  it('is enforced after a confirmation, and the bar goes', async () => {
    await withConsole(under, '/settings/environments', { observed: true }, async (page, fixture) => {
      await bar(page).waitFor();
      await button(page, 'Enforce staging').click();
      await page.getByText('is refused from now on').waitFor();
      expect(modeOf(fixture, 'staging')).toBe('observe');
      await inDialog(page, 'Enforce staging').click();
      await bar(page).waitFor({ state: 'detached' });
      expect(modeOf(fixture, 'staging')).toBe('enforce');
    });
  });

  it('proposes grants, and a person accepts each', async () => {
    await withConsole(under, '/settings/environments', { observed: true }, async (page, fixture) => {
      await page.getByText('1252 would deny: no grant, 3 would hold: needs approval').waitFor();
      const grants = fixture.state.world.grants.length;
      await button(page, 'Grant support-desk/list_tickets to support for lookup').click();
      await page.getByText('whatever the arguments').waitFor();
      expect(fixture.state.world.grants).toHaveLength(grants);
      await inDialog(page, 'Add grant').click();
      await expect.poll(() => button(page, /^Grant support-desk\/list_tickets/).count()).toBe(0);
      expect(fixture.state.world.grants.at(-1)).toMatchObject({
        ...{
          role: 'support',
          environment: 'staging',
          toolId: 'support-desk/list_tickets',
          task: 'lookup',
          constraints: [],
        },
      });
      expect(await button(page, /^Grant support-desk\/export/).count()).toBe(1);
    });
  });

  it('asks for a second person who approves its policies, and no longer, after saying what that means', async () => {
    await withConsole(under, '/settings/environments', {}, async (page, fixture) => {
      const reviewed = () => fixture.state.world.policyReviews;
      await button(page, 'Require reviews in prod').click();
      await page.getByText('What is published already stays.').waitFor();
      expect(reviewed()).toEqual([]);
      fixture.state.failing.add('SetPolicyReview');
      await inDialog(page, 'Require reviews in prod').click();
      await page.getByRole('alert').getByText('Policies are published as before.').waitFor();
      fixture.state.failing.clear();
      await inDialog(page, 'Require reviews in prod').click();
      await page.getByText('a second person approves').waitFor();
      expect(reviewed()).toEqual(['prod']);
      await button(page, 'End reviews in prod').click();
      await page.getByText('publishes alone from now on').waitFor();
      await inDialog(page, 'End reviews in prod').click();
      await expect.poll(reviewed).toEqual([]);
    });
  });

  it('cannot be changed by who may not write grants, and says what is missing', async () => {
    await withConsole(under, '/settings/environments', { observed: true, permissions: ['read'] }, async (page) => {
      await page.getByText('Needs the permission grants:write').first().waitFor();
      expect(await button(page, 'Require reviews in prod').getAttribute('aria-disabled')).toBe('true');
      expect(await button(page, 'Observe prod').getAttribute('aria-disabled')).toBe('true');
      expect(await button(page, 'Enforce staging').getAttribute('aria-disabled')).toBe('true');
    });
  });

  it('fits into a window of 320 pixels', async () => {
    await withConsole(under, '/settings/environments', { observed: true }, async (page) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.getByText('1252 would deny').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
});
