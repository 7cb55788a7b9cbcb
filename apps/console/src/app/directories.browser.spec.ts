// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { whenFocused } from '../testing/when-focused.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const box = (page: Page) => page.getByRole('textbox', { name: 'Entries, one a line' });
const table = (page: Page) => page.getByRole('region', { name: 'Entries', exact: true }).getByRole('table');
/** From the clipboard, as a person does it: what playwright types instead takes a minute for 5,000 lines. */
async function paste(page: Page, count: number): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const text = Array.from({ length: count }, (_, n) => `new-${n}@example.com`).join('\n');
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await box(page).fill('');
  await page.keyboard.press('Control+V');
  await expect.poll(() => box(page).evaluate((element: HTMLTextAreaElement) => element.value)).toBe(text);
}
const friends = ({ state }: Fixture) => state.world.directories.find(({ id }) => id === 'friends');
const values = (fixture: Fixture) => friends(fixture)?.entries.map(({ value }) => value) ?? [];

describe('the directories', () => {
  it('stand with what they hold, how many grants name them and which are retired', async () => {
    await withConsole(under, '/directories', {}, async (page) => {
      const row = (name: RegExp) => page.getByRole('row', { name }).innerText();
      expect(await row(/Friends/)).toMatch(/friends\s+prod\s+e-mail addresses\s+3\s+1 grant\s+in use/);
      expect(await row(/Last year/)).toContain('retired 1 d ago');
      expect(await row(/Payees/)).toContain('U+202E');
    });
  });

  it('ten thousand of them do not freeze the page, and are filtered', async () => {
    await withConsole(under, '/directories', { directories: 10_000 }, async (page) => {
      await page.getByText('10,000 in all').waitFor();
      await page.getByRole('searchbox').fill('list-999');
      await page.getByText('8 of 10,000 match').waitFor();
      expect(await page.locator('tbody tr').count()).toBeLessThan(60);
      await button(page, 'Remove filter').click();
      await page.getByText('10,000 in all').waitFor();
    });
  });

  it('are created by keyboard alone; a taken id is refused at its field and nothing is made', async () => {
    await withConsole(under, '/directories', {}, async (page, { state }) => {
      await button(page, 'Create directory').focus();
      await page.keyboard.press('Enter');
      await whenFocused(dialog(page).getByRole('textbox', { name: 'Id' }));
      await page.keyboard.type('friends');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Suppliers');
      await page.keyboard.press('Enter');
      await dialog(page).getByText('That id is taken').waitFor();
      expect(state.world.directories).toHaveLength(3);
      await page.getByRole('textbox', { name: 'Id' }).fill('suppliers');
      await page.keyboard.press('Enter');
      await dialog(page).getByText(`Accepted (revision `).waitFor();
      expect(state.world.directories.at(-1)).toMatchObject({ id: 'suppliers', holds: 'email', entries: [] });
      await page.getByRole('link', { name: 'Fill suppliers' }).click();
      await page.getByText('Nothing is in it').waitFor();
    });
  });

  it('say when they cannot be loaded, which request that was, and which permission it takes to read', async () => {
    await withConsole(under, '/overview', {}, async (page, { state }) => {
      state.failing.add('Directories');
      await page.getByRole('link', { name: 'Directories' }).click();
      const note = page.getByRole('alert');
      await note.getByText('The directories could not be loaded').waitFor();
      expect(await note.innerText()).toContain('req-7f31');
      state.failing.clear();
      state.forbidden.add('Directory');
      await page.goto(`${new URL(page.url()).origin}/directories/friends`);
      await note.getByText('without the permission read').waitFor();
    });
  });
});

describe('the entries of a directory', () => {
  it('are pasted many at once; bad lines are named by their number and keep all of them back', async () => {
    await withConsole(under, '/directories/friends', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Add entries…').click();
      await box(page).fill('bob@example.com\n\nCarl\nrefused@example.com');
      await dialog(page).getByRole('button', { name: 'Add entries' }).click();
      await dialog(page).getByText('Line 3: Carl: write a plain e-mail address').waitFor();
      expect(await box(page).evaluate((element) => element === document.activeElement)).toBe(true);
      await box(page).fill('bob@example.com\n\n\nrefused@example.com');
      await dialog(page).getByRole('button', { name: 'Add entries' }).click();
      await dialog(page).getByText('Line 4: refused@example.com').waitFor();
      expect([values(fixture).length, fixture.state.world.revision]).toEqual([3, before]);

      await paste(page, 1_200);
      await dialog(page).getByRole('button', { name: 'Add entries' }).click();
      await dialog(page)
        .getByText(`Accepted (revision ${before + 3}). 1,200 entries sent.`)
        .waitFor();
      expect(values(fixture)).toHaveLength(1_203);
      await button(page, 'Close').last().click();
      await page.getByText('1,203 in all').waitFor();
    });
  });

  it('say how far they got when the server stops answering, or the directory is full', async () => {
    await withConsole(under, '/directories/friends', { entries: 4_800 }, async (page, fixture) => {
      await page.getByText('4,800 in all').waitFor();
      await button(page, 'Add entries…').click();
      await paste(page, 5_001);
      await dialog(page).getByRole('button', { name: 'Add entries' }).click();
      await dialog(page).getByText('Line 5,001').waitFor();
      await paste(page, 600);
      await dialog(page).getByRole('button', { name: 'Add entries' }).click();
      await dialog(page).getByText('a directory holds at most 5000 entries').waitFor();
      await dialog(page).getByText('Nothing changed.').waitFor();
      expect(values(fixture)).toHaveLength(4_800);
      expect(await table(page).locator('tbody tr').count()).toBeLessThan(80);
    });
  });

  it('are removed one by one from their row, after what that takes is said', async () => {
    await withConsole(under, '/directories/friends', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Remove user-00001@example.com').click();
      await dialog(page).getByText('what you remove is refused from the next call on').waitFor();
      expect(await box(page).inputValue()).toBe('user-00001@example.com');
      await dialog(page).getByRole('button', { name: 'Remove entries' }).click();
      await dialog(page)
        .getByText(`Accepted (revision ${before + 1})`)
        .waitFor();
      expect(values(fixture)).toEqual(['Ada@EXAMPLE.com', 'user-00002@example.com']);
    });
  });

  it('cannot be changed by who may only read, and the acts name what is missing', async () => {
    await withConsole(under, '/directories/friends', { permissions: ['read'] }, async (page, fixture) => {
      for (const name of [/^Add entries/, /^Remove entries/, /^Retire friends/, /^Remove user-00001/]) {
        expect(await button(page, name).getAttribute('aria-disabled')).toBe('true');
        await button(page, name).click({ force: true });
      }
      expect(await page.getByText('Needs the permission grants:write').count()).toBeGreaterThanOrEqual(4);
      expect([await dialog(page).count(), values(fixture).length]).toEqual([0, 3]);
    });
  });
});

describe('retiring a directory', () => {
  it('is refused while a grant names it, with a link to the grant; then it is final', async () => {
    await withConsole(under, '/directories/friends', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Retire friends…').click();
      await dialog(page).getByRole('button', { name: 'Retire friends' }).click();
      await dialog(page).getByText('Not retired: grants stand in the way').waitFor();
      expect([friends(fixture)?.retiredAt, fixture.state.world.revision]).toEqual([null, before]);

      await dialog(page).getByRole('link', { name: 'g-send' }).click();
      await page.getByRole('heading', { level: 1, name: 'Grant g-send' }).waitFor();
      await button(page, 'Revoke…').click();
      await dialog(page)
        .getByRole('button', { name: /^Revoke support-desk/ })
        .click();
      await dialog(page).getByText('Revocation recorded').waitFor();
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByRole('link', { name: 'friends' }).click();
      await page.getByText('No grant names it').waitFor();
      await button(page, 'Retire friends…').click();
      await dialog(page).getByRole('button', { name: 'Retire friends' }).click();
      await dialog(page).getByText('Retirement recorded').waitFor();
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
      await expect.poll(() => button(page, /^(Retire|Add entries|Remove)/).count()).toBe(0);
      expect(friends(fixture)?.retiredAt).not.toBeNull();
    });
  });

  it('is found from the limit that names directories', async () => {
    await withConsole(under, '/grants/new', {}, async (page) => {
      await button(page, 'Add constraint').click();
      await page.getByRole('combobox', { name: 'Rule' }).click();
      await page.getByRole('option', { name: 'from the user or a directory' }).click();
      const link = page.getByRole('link', { name: 'See the directories (new tab)' });
      expect([await link.getAttribute('href'), await link.getAttribute('target')]).toEqual(['/directories', '_blank']);
    });
  });
});
