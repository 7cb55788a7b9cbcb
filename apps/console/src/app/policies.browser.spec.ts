// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const editor = (page: Page) => page.getByRole('textbox', { name: 'Policy text' });
const problems = (page: Page) => page.getByRole('region', { name: 'Problems in the text' });

const publish = (page: Page, version: number) => page.getByRole('button', { name: `Publish version ${version}` });

async function write(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start from an example' }).click();
  await page.getByRole('textbox', { name: 'Id' }).fill('quiet-hours');
  await page.getByRole('textbox', { name: 'Name' }).fill('Quiet hours');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Quiet hours' }).waitFor();
}

describe('policies', () => {
  it('begin with an example, are checked as they are typed, and are published with their convergence', async () => {
    await withConsole(under, '/policies', {}, async (page) => {
      await page.getByText('Default deny is in force').waitFor();
      await write(page);
      await page.getByText('No problems').waitFor();
      await editor(page).fill('forbid (principal, action, resource)\nwhen { context.arguments has amont };');
      await problems(page).getByText('there is no parameter amont').waitFor();
      expect(await problems(page).getByRole('row').last().innerText()).toContain('amount');
      await page.locator('.cm-lintRange-error').first().waitFor();
      expect(await page.getByRole('button', { name: 'Publish version 1' }).isDisabled()).toBe(true);

      await editor(page).fill('forbid (principal, action, resource);');
      await page.getByText('No problems').waitFor();
      await page.getByRole('button', { name: 'Save draft' }).click();
      await page.getByRole('button', { name: 'Publish version 2' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish version 2' }).click();
      await page.getByText('Publication recorded.').waitFor();
      await page
        .getByRole('dialog')
        .getByText(/applied/i)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByText('Version 2 published').waitFor();
    });
  });

  it('are tried on what was called before they are published, and not while the text has problems', async () => {
    await withConsole(under, '/policies', {}, async (page) => {
      await write(page);
      await page.getByText('No problems').waitFor();
      await page.getByRole('button', { name: 'Try it on the last 24 hours' }).click();
      await page.getByText('Of 48 recorded calls: 0 newly allowed, 37 newly denied, 0 newly held.').waitFor();
      const table = page.getByRole('region', { name: 'Calls that would be decided otherwise' });
      expect(await table.getByRole('row').last().innerText()).toContain('support-desk/refund');
      await page.getByText('What this cannot know').click();
      await page.getByText('10 decisions whose arguments were not recorded').waitFor();
      await editor(page).fill('forbid (principal, action, resource)\nwhen { context.arguments has amont };');
      await problems(page).waitFor();
      expect(await page.getByRole('button', { name: 'Try it on the last 24 hours' }).isDisabled()).toBe(true);
    });
  });

  it('can be written in a plain field, and a test shows what it got', async () => {
    await withConsole(under, '/policies', {}, async (page) => {
      await write(page);
      await page.getByRole('switch', { name: 'Plain text field' }).click();
      expect(await editor(page).inputValue()).toContain('class:payments');
      await page.getByRole('button', { name: 'Add a test' }).click();
      await page.getByRole('textbox', { name: 'It says' }).fill('Nights are quiet');
      await page.getByText('Passed').waitFor();
      await page.getByRole('textbox', { name: 'Call, as JSON' }).fill('{ no JSON');
      await page.getByText('The call of “Nights are quiet” is no JSON').waitFor();
    });
  });

  it('keep their versions: an older one is compared and brought back as a new one', async () => {
    await withConsole(under, '/policies', {}, async (page, fixture) => {
      await write(page);
      const world = fixture.state.world as unknown as {
        policies: { versions: object[]; newestVersion: number; liveVersion: number }[];
      };
      const [policy] = world.policies;
      if (!policy) throw new Error('no policy was made');
      Object.assign(policy.versions[0] ?? {}, { revision: 40, publishedAt: 1, publishedBy: 'cyd@example.org' });
      policy.versions.unshift({ ...policy.versions[0], number: 2, text: 'forbid (principal, action, resource);' });
      Object.assign(policy, { newestVersion: 2, liveVersion: 2 });
      await page.reload();
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('cell', { name: 'cyd@example.org' }).last().waitFor();
      await page.getByRole('button', { name: 'Compare 1 with 2' }).click();
      await page.getByText('+ forbid (principal, action, resource);').waitFor();
      expect(page.url()).toContain('compare=1');
      await page.getByRole('button', { name: 'Bring back 1' }).click();
      await page.getByRole('button', { name: 'Publish the text of version 1' }).click();
      await page.getByText('Recorded as a new version.').waitFor();
    });
  });

  it('that need a review say whose, and are approved by somebody else than their author', async () => {
    await withConsole(under, '/policies', { reviewed: ['prod'] }, async (page, fixture) => {
      await write(page);
      await page.getByText('Version 1 waits for a review').waitFor();
      await page.getByText('Nobody else has the permission policies:write').waitFor();
      const approve = page.getByRole('button', { name: 'Approve version 1' });
      expect([await approve.count(), await publish(page, 1).isDisabled()]).toEqual([0, true]);
      const [version] = fixture.state.world.policies[0]?.versions ?? [];
      Object.assign(version ?? {}, { author: 'ben@example.com' });
      await page.reload();
      await page.getByText('These can: Ana.').waitFor();
      fixture.state.failing.add('ReviewPolicy');
      await approve.click();
      await page.getByRole('alert').getByText('Not approved').waitFor();
      expect(version?.reviewedBy).toBeNull();
      fixture.state.failing.clear();
      await page.getByRole('link', { name: 'History' }).click();
      await approve.click();
      await page.getByText('Version 1 approved by ana@example.com').waitFor();
      expect(version?.reviewedBy).toBe('ana@example.com');
      await page.getByRole('link', { name: 'Text and tests' }).click();
      await expect.poll(() => publish(page, 1).isDisabled()).toBe(false);
    });
  });

  it('are saved with Ctrl+S and tried with Ctrl+Enter, from within the text, and not under a dialog', async () => {
    await withConsole(under, '/policies', {}, async (page, fixture) => {
      await write(page);
      const newest = () => fixture.state.world.policies[0]?.newestVersion;
      await page.getByText('Ctrl+S saves the draft').waitFor();
      await page.keyboard.press('Control+s');
      expect(newest()).toBe(1);
      await editor(page).fill('forbid (principal, action, resource);');
      await page.keyboard.press('Control+s');
      await publish(page, 2).waitFor();
      expect(newest()).toBe(2);
      await page.getByText('No problems').waitFor();
      await editor(page).focus();
      await page.keyboard.press('Control+Enter');
      await page.getByText('Of 48 recorded calls').waitFor();
      expect((await editor(page).innerText()).trim()).toBe('forbid (principal, action, resource);');
      await editor(page).fill('forbid (principal, action, resource) unless { true };');
      await page.getByRole('button', { name: 'Retire' }).click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Control+s');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(newest()).toBe(2);
    });
  });

  it('without the permission are read, and the acts name what is missing', async () => {
    await withConsole(under, '/policies', { permissions: ['read'] }, async (page) => {
      expect(await page.getByRole('button', { name: 'Start from an example' }).getAttribute('aria-disabled')).toBe(
        'true',
      );
      await page.getByText('Needs the permission policies:write').first().waitFor({ state: 'attached' });
    });
  });

  it('say when they cannot be loaded, and fit a narrow window', async () => {
    await withConsole(under, '/policies', {}, async (page, fixture) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await write(page);
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(overflow).toBeLessThanOrEqual(0);
      fixture.state.failing.add('PolicyList');
      await page.goto(new URL('/policies', page.url()).href);
      await page.getByRole('alert').getByText('The policies could not be loaded').waitFor();
    });
  });
});
