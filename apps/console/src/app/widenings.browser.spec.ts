// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const open = '0b6f2f6e-8d3c-4d58-9a51-7a0d1f6c0001';
const over = '0b6f2f6f-8d3c-4d58-9a51-7a0d1f6c0001';

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
async function write(page: Page, reason: string): Promise<void> {
  await choose(page, 'Tool', 'support-desk/issue_refund');
  await choose(page, 'Task that the token must cover', 'update');
  await page.getByRole('textbox', { name: 'Minutes' }).fill('45');
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
}

describe('the widenings', () => {
  it('stand with who, why and until when, active ones first, and are ended early after what that takes is said', async () => {
    await withConsole(under, '/widenings', {}, async (page, { state }) => {
      const rows = page.getByRole('region', { name: 'Widenings' }).getByRole('row');
      const texts = await rows.allInnerTexts();
      expect(texts[1]).toMatch(/active, ends in 2\d min[\s\S]*cs-prod[\s\S]*amount at most 900[\s\S]*ana@example.com/);
      expect(texts[1]).toContain('U+202E');
      expect(texts[2]).toContain('ended early 1 h ago');
      expect(texts[3]).toContain('over 1 h ago');
      const before = state.world.revision;
      await button(page, /^End now/).click();
      await dialog(page).getByText('instead of in 2').waitFor();
      expect(state.world.widenings[0]?.revokedAt).toBeNull();
      await dialog(page).getByRole('button', { name: 'End widening' }).click();
      await dialog(page).getByText('The end is recorded').waitFor();
      await dialog(page)
        .getByText(`Revision ${before + 1}`)
        .first()
        .waitFor();
      expect([state.world.widenings[0]?.revokedAt === null, state.world.revision]).toEqual([false, before + 1]);
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByText('None is active now.').waitFor();
    });
  });

  it('stay when ending one is refused', async () => {
    await withConsole(under, '/widenings', {}, async (page, { state }) => {
      state.failing.add('RevokeGrant');
      await button(page, /^End now/).click();
      await dialog(page).getByRole('button', { name: 'End widening' }).click();
      await dialog(page).getByText('The widening still gives.').waitFor();
      expect(state.world.widenings[0]?.revokedAt).toBeNull();
    });
  });

  it('ten thousand of them are read a page at a time, and found by the server', async () => {
    await withConsole(under, '/widenings', { widenings: 10_000 }, async (page) => {
      await page.getByText('10,000 in all').waitFor();
      expect(await page.locator('tbody tr').count()).toBe(50);
      await button(page, 'Rows from 51 of 10,000').click();
      await button(page, 'Rows from 101 of 10,000').waitFor();
      await page.getByRole('searchbox').fill('ticket 999');
      await page.getByText('11 of 10,000 match').waitFor();
      await expect.poll(() => page.locator('tbody tr').count()).toBe(11);
    });
  });

  it('say that there are none yet, that none match, why they cannot be loaded and which permission it takes', async () => {
    await withConsole(under, '/widenings', { empty: true }, async (page, { state }) => {
      await page.getByText('No conversation was ever widened').waitFor();
      await page.getByRole('link', { name: 'Choose an agent' }).waitFor();
      state.forbidden.add('Widenings');
      await page.reload();
      await page.getByRole('alert').getByText('without the permission read').waitFor();
    });
    await withConsole(under, '/widenings?q=nobody', {}, async (page, { state }) => {
      await page.getByText('0 of 3 match').waitFor();
      state.failing.add('Widenings');
      await page.reload();
      await page.getByRole('alert').getByText('req-7f31').waitFor();
    });
  });
});

describe('widening a conversation', () => {
  it('begins at the conversation, is confirmed as a widening, and then stands beside it', async () => {
    await withConsole(under, '/agents/cs-prod/conversations', {}, async (page, { state }) => {
      const before = state.world.revision;
      await button(page, /^Widen 0b6f2f6e/).click();
      await write(page, 'The customer waits');
      await button(page, 'Add constraint').click();
      await page.getByRole('combobox', { name: 'Parameter' }).fill('amount');
      await page.getByRole('textbox', { name: 'At most' }).fill('70');
      await page.getByText('amount at most 70').waitFor();
      await button(page, 'Widen…').click();
      await dialog(page).getByText('This is a widening:').waitFor();
      const said = await dialog(page).innerText();
      for (const text of [
        'update on support-desk/issue_refund',
        'by role support',
        'amount at most 70',
        open,
        '45 minutes',
      ])
        expect(said).toContain(text);
      await page.keyboard.press('Enter');
      expect(state.world.revision).toBe(before);
      await dialog(page).getByRole('button', { name: 'Widen conversation' }).click();
      await page.getByText(`Accepted (revision ${before + 1})`).waitFor();
      const [made] = state.world.widenings;
      expect(made).toMatchObject({
        toolId: 'support-desk/issue_refund',
        reason: 'The customer waits',
        conversation: open,
      });
      expect(made && made.notAfter - made.createdAt).toBe(45 * 60_000);
      await page.getByRole('link', { name: 'See its widenings' }).click();
      await page.getByText('2 active now.').waitFor();
    });
  });

  it('says a refusal at its field and keeps what was written, also when the server does not answer', async () => {
    await withConsole(under, `/widenings/new?conversation=${open}`, {}, async (page, { state }) => {
      const before = [state.world.widenings.length, state.world.revision];
      await write(page, 'refused');
      await button(page, 'Widen…').click();
      await dialog(page).getByRole('button', { name: 'Widen conversation' }).click();
      await page.getByText('so no token for it covers that').waitFor();
      expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('refused');
      state.failing.add('WidenConversation');
      await page.getByRole('textbox', { name: 'Reason' }).fill('The customer waits');
      await button(page, 'Widen…').click();
      await dialog(page).getByRole('button', { name: 'Widen conversation' }).click();
      await page.getByRole('alert').getByText('Not widened').waitFor();
      expect([state.world.widenings.length, state.world.revision]).toEqual(before);
    });
  });

  it('is not offered for a conversation that is over, or to who may not grant', async () => {
    await withConsole(under, `/widenings/new?conversation=${over}`, {}, async (page) => {
      await page.getByText('This conversation is over').waitFor();
      expect(await button(page, 'Widen…').count()).toBe(0);
      await page.goto(`${new URL(page.url()).origin}/widenings/new?conversation=nothing`);
      await page.getByText('There is no conversation with this id').waitFor();
    });
    await withConsole(under, '/agents/cs-prod/conversations', { permissions: ['read'] }, async (page) => {
      expect(await button(page, /^Widen 0b6f2f6e/).getAttribute('aria-disabled')).toBe('true');
      await page.getByText('Needs the permission grants:write').waitFor({ state: 'attached' });
    });
  });
});
