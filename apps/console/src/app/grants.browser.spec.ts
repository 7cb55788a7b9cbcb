// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const matrix = (page: Page) => page.getByRole('region', { name: 'Grants by role and tool, environments side by side' });
const part = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
const ask = (page: Page) => page.getByRole('button', { name: 'See what it would change' }).click();

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
async function chooseRefund(page: Page): Promise<void> {
  await choose(page, 'Role', 'support');
  await choose(page, 'Tool', 'support-desk/issue_refund');
}
async function limitAmount(page: Page, most: string): Promise<void> {
  await page.getByRole('button', { name: 'Add constraint', exact: true }).click();
  await part(page, 'constraint 1').getByRole('combobox', { name: 'Parameter' }).fill('amount');
  await part(page, 'constraint 1').getByRole('textbox', { name: 'At most' }).fill(most);
}

describe('the grants', () => {
  it('stand by role and tool with environments side by side, limits and what is done about a call in words', async () => {
    await withConsole(under, '/grants', {}, async (page) => {
      const heads = await matrix(page).getByRole('columnheader').allInnerTexts();
      expect(heads).toEqual(['Role', 'Tool', 'prod', 'staging', 'exploratory']);
      const row = await matrix(page)
        .getByRole('row', { name: /issue_refund/ })
        .innerText();
      expect(row).toContain('allow for execute');
      expect(row).toContain('amount at most 100');
      expect(row).toContain('then: at most 3 calls an hour per agent');
      expect(row).toContain('deny, default');
    });
  });

  it('say when they were last used, which are not, and what is wider than was needed, with what shows it', async () => {
    await withConsole(under, '/grants', {}, async (page, fixture) => {
      const row = (name: RegExp) => matrix(page).getByRole('row', { name });
      await row(/issue_refund/)
        .getByText('last used 4 min ago')
        .waitFor();
      await row(/read_ticket/)
        .getByText('unused for 41 days')
        .waitFor();
      const grants = fixture.state.world.grants as object[];
      grants.push({ ...grants[0], id: 'g-class', toolId: null, toolClass: 'read', task: 'lookup' });
      await page.reload();
      const wide = row(/class read/);
      await wide.getByText('wider than needed in 30 days').waitFor();
      await wide.getByText('every call came with a token for execute, which it could ask for').waitFor();
      expect(await wide.innerText()).toMatch(/22 of 27 tools were called: .*U\+202E.* and 20 more/);
      fixture.state.failing.add('GrantUses');
      await page.reload();
      await page.getByRole('alert').getByText('When the grants were last used is not known').waitFor();
      await row(/issue_refund/)
        .getByText('amount at most 100')
        .waitFor();
      expect(await page.getByText('unused for').count()).toBe(0);
    });
  });

  it('ten thousand of them are read a page at a time, and found by the server', async () => {
    await withConsole(under, '/grants', { grants: 10_000 }, async (page) => {
      await page.getByText('10,000 in all').waitFor();
      expect(await matrix(page).locator('tbody tr').count()).toBe(50);
      await page.getByRole('button', { name: 'Rows from 51 of 10,000' }).click();
      await page.getByRole('button', { name: 'Rows from 101 of 10,000' }).waitFor();
      expect(page.url()).toContain('skip=50');
      await page.getByRole('searchbox', { name: 'Filter by role, tool or environment' }).fill('export_999');
      await page.getByText('11 of 10,000 match').waitFor();
      await expect.poll(() => matrix(page).locator('tbody tr').count()).toBe(11);
    });
  });

  it('say when they cannot be loaded', async () => {
    await withConsole(under, '/overview', {}, async (page, fixture) => {
      fixture.state.failing.add('GrantMatrix');
      await page.getByRole('link', { name: 'Grants' }).click();
      await page.getByRole('alert').getByText('The grants could not be loaded').waitFor();
    });
  });

  it('are revoked after what that takes was shown', async () => {
    await withConsole(under, '/grants', {}, async (page, fixture) => {
      await matrix(page)
        .getByRole('row', { name: /issue_refund/ })
        .getByRole('button', { name: 'Revoke' })
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 newly denied.').waitFor();
      expect(fixture.state.world.grants.filter(({ revokedAt }) => revokedAt !== null)).toEqual([]);
      await dialog.getByRole('button', { name: 'Revoke support-desk/issue_refund' }).click();
      await dialog.getByText('Revocation recorded').waitFor();
      await dialog.getByRole('button', { name: 'Close', exact: true }).click();
      await expect.poll(() => matrix(page).getByText('issue_refund').count()).toBe(0);
    });
  });
});

describe('writing a grant', () => {
  it('offers the parameters of the tool, the kind that fits first, and says the limit in words', async () => {
    await withConsole(under, '/grants/new', {}, async (page) => {
      await chooseRefund(page);
      await page.getByRole('button', { name: 'Add constraint', exact: true }).click();
      const parameter = part(page, 'constraint 1').getByRole('combobox', { name: 'Parameter' });
      await parameter.click();
      expect(await page.getByRole('option').allInnerTexts()).toEqual(['amount', 'currency', 'lines', 'lines.*.price']);
      await page.getByRole('option', { name: 'currency' }).click();
      const rule = part(page, 'constraint 1').getByRole('combobox', { name: 'Rule' });
      expect(await rule.inputValue()).toBe('one of a list');
      await parameter.fill('amount');
      expect(await rule.inputValue()).toBe('at most');
      await part(page, 'constraint 1').getByText('Not complete yet').waitFor();
      await part(page, 'constraint 1').getByRole('textbox', { name: 'At most' }).fill('100');
      await part(page, 'constraint 1').getByText('amount at most 100').waitFor();
    });
  });

  it('proposes the schema of the one tool it is for, and only then', async () => {
    await withConsole(under, '/grants/new', {}, async (page, fixture) => {
      const propose = page.getByRole('button', { name: 'Keep to its schema' });
      expect(await propose.count()).toBe(0);
      await chooseRefund(page);
      await page.getByText('says what it takes: amount (number), currency (string), lines (array)').waitFor();
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await propose.click();
      await part(page, 'constraint 1').getByText('schema', { exact: true }).waitFor();
      expect(await propose.count()).toBe(0);
      await ask(page);
      await page.getByRole('button', { name: 'Widen prod…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Widen prod' }).click();
      await page.getByText('is granted to role support').waitFor();
      expect(fixture.state.world.grants.at(-1)).toMatchObject({ constraints: [{ kind: 'schema' }] });
    });
  });

  it('shows what it would change before it is saved, and confirms once more where it widens prod', async () => {
    await withConsole(under, '/grants/new', {}, async (page, fixture) => {
      const before = fixture.state.world.grants.length;
      await chooseRefund(page);
      await limitAmount(page, '50');
      await page.getByRole('button', { name: 'Add obligation', exact: true }).click();
      await part(page, 'obligation 1').getByRole('textbox', { name: 'Who approves' }).fill('finance');
      await part(page, 'obligation 1').getByRole('button', { name: 'Add exception' }).click();
      const spared = part(page, 'exception 1');
      await spared.getByRole('combobox', { name: 'Parameter' }).fill('amount');
      await spared.getByRole('textbox', { name: 'At most' }).fill('10');
      await part(page, 'obligation 1').getByText('approval of finance unless amount at most 10').waitFor();
      await ask(page);
      await page.getByText('1 newly allowed.').waitFor();
      await page.getByRole('button', { name: 'Widen prod…' }).click();
      expect(fixture.state.world.grants).toHaveLength(before);
      await page.getByRole('dialog').getByRole('button', { name: 'Widen prod' }).click();
      await page.getByText('is granted to role support').waitFor();
      expect(fixture.state.world.grants.at(-1)).toMatchObject({
        constraints: [{ kind: 'max', path: 'amount', value: 50 }],
        obligations: [{ kind: 'approval', group: 'finance', unless: [{ kind: 'max', path: 'amount', value: 10 }] }],
      });
    });
  });

  it('says a refusal at its field and keeps what was written, also when the server does not answer', async () => {
    await withConsole(under, '/grants/new', {}, async (page, fixture) => {
      const before = fixture.state.world.grants.length;
      await chooseRefund(page);
      await limitAmount(page, '');
      await ask(page);
      const most = part(page, 'constraint 1').getByRole('textbox', { name: 'At most' });
      await part(page, 'constraint 1').getByText('write a number').waitFor();
      expect(await most.getAttribute('aria-invalid')).toBe('true');
      await page.getByText('What you wrote is kept on this page').waitFor();
      await most.fill('70');
      await part(page, 'constraint 1').getByText('amount at most 70').waitFor();
      fixture.state.failing.add('GrantPreview');
      await ask(page);
      await page.getByRole('alert').getByText('Not granted').waitFor();
      expect(await most.inputValue()).toBe('70');
      fixture.state.failing.clear();
      await ask(page);
      await page.getByText('1 newly allowed.').waitFor();
      expect(fixture.state.world.grants).toHaveLength(before);
    });
  });

  it('copies limits and obligations of another grant for a place that is still to be chosen', async () => {
    await withConsole(under, '/grants', {}, async (page) => {
      await matrix(page)
        .getByRole('row', { name: /issue_refund/ })
        .getByRole('link', { name: 'Copy' })
        .click();
      await part(page, 'constraint 1').getByText('amount at most 100').waitFor();
      await part(page, 'obligation 1').getByText('at most 3 calls a hour per agent').waitFor();
      expect(await page.getByRole('combobox', { name: 'Tool', exact: true }).inputValue()).toBe('');
    });
  });
});

describe('asking who can', () => {
  const whoCan = async (page: Page, tool: string, over: string) => {
    await choose(page, 'Environment', 'prod');
    await page.getByRole('combobox', { name: 'Tool', exact: true }).fill(tool);
    await page.getByRole('combobox', { name: 'With this parameter' }).fill('amount');
    await page.getByRole('textbox', { name: 'Over' }).fill(over);
    await page.getByRole('button', { name: 'Who can?' }).click();
  };
  const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });

  it('answers with how far, under which conditions, and what needs an approval', async () => {
    await withConsole(under, '/grants/who-can', {}, async (page) => {
      await whoCan(page, 'issue_refund', '100.005');
      await answer(page).getByText('1 agent can').waitFor();
      const rows = await answer(page).getByRole('row').allInnerTexts();
      expect(rows[1]).toContain('100.01');
      expect(rows[2]).toContain('once approved');
      expect(rows[2]).toContain('currency exactly "EUR"');
    });
  });

  it('says at its field that there is no such tool, and does not send what is no number', async () => {
    await withConsole(under, '/grants/who-can', {}, async (page) => {
      await whoCan(page, 'brew', '1');
      await page.getByText('there is no tool brew in prod').waitFor();
      await whoCan(page, 'issue_refund', 'much');
      await page.getByText('Write a number').waitFor();
      expect(await answer(page).count()).toBe(0);
    });
  });
});
