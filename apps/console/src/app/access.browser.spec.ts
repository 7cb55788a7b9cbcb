// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const address = '/agents/cs-prod/access';
const matrix = (page: Page) => page.getByRole('region', { name: 'Access by tool and environment' });
const rowOf = (page: Page, tool: string) => matrix(page).getByRole('row', { name: new RegExp(`^${tool} `) });
const explanation = (page: Page) => page.getByRole('region', { name: 'Explanation' });

async function tryCall(page: Page, tool: string, given: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Tool' }).fill(tool);
  await page.getByRole('textbox', { name: 'Arguments' }).fill(given);
  await page.getByRole('button', { name: 'Explain' }).click();
}

describe('the access of an agent', () => {
  it('is a matrix of tools and environments, with conditions in words and why not', async () => {
    await withConsole(under, address, {}, async (page) => {
      const refund = await rowOf(page, 'issue_refund').innerText();
      expect(refund).toContain('allow execute');
      expect(refund).toContain('amount at most 100');
      expect(refund).toContain('grant:g-refund');
      expect(refund).toContain('deny lookup, update: no grant');
      expect(await rowOf(page, 'read_ticket').innerText()).toContain('whatever the arguments');
      await page.getByText('As guards decide at revision 41').waitFor();
      expect(await matrix(page).getByRole('columnheader').allInnerTexts()).toEqual(['Tool', 'prod', 'staging']);
    });
  });

  it('says where an agent holds no role, and that a retired one may nothing', async () => {
    await withConsole(under, '/agents/research/access', {}, async (page) => {
      await rowOf(page, 'read_ticket').getByText('no role in').first().waitFor();
      expect(
        await matrix(page)
          .getByText(/^allow/)
          .count(),
      ).toBe(0);
    });
  });

  it('says of an observed environment what runs there and would be denied, in the matrix, explained, and in decisions', async () => {
    await withConsole(under, address, { observed: true }, async (page) => {
      await page.getByText('staging is observed').waitFor();
      const heads = await matrix(page).getByRole('columnheader').allInnerTexts();
      expect(heads.map((text) => text.includes('observed'))).toEqual([false, false, true]);
      const refund = rowOf(page, 'issue_refund').getByRole('cell');
      expect(await refund.nth(0).innerText()).toContain('deny lookup, update: no grant');
      expect(await refund.nth(1).innerText()).toContain('runs lookup, update, execute, would deny: no grant');
      expect(await rowOf(page, 'close_ticket').getByRole('cell').nth(1).innerText()).toContain('deny lookup, update');
      await page.getByRole('combobox', { name: 'Server' }).click();
      await page.getByRole('option', { name: 'support-lab' }).click();
      await tryCall(page, 'issue_refund', '{"amount": 240}');
      await explanation(page).getByText('Runs while it is observed, would deny: over the grant’s limit').waitFor();
      await explanation(page).getByText('Change the arguments: amount at most 100').waitFor();
      await page.getByRole('link', { name: 'Summary' }).click();
      const decided = page.getByTestId('decisions').getByRole('row', { name: /list_tickets.*no grant gives/ });
      await decided.getByText('allow, would deny').waitFor();
    });
  });

  it('without any tool says so, and offers no call to try where there is no server', async () => {
    await withConsole(under, address, { tools: 0 }, async (page, fixture) => {
      (fixture.state.world as unknown as { servers: unknown[] }).servers.length = 0;
      await page.reload();
      await page.getByText('No server has a registered tool yet').waitFor();
      expect(await page.getByRole('button', { name: 'Explain' }).isDisabled()).toBe(true);
    });
  });

  it('of many tools shows two hundred, says so, and finds the others by name', async () => {
    await withConsole(under, address, { tools: 600 }, async (page) => {
      await page.getByText('200 of 600 tools are shown').waitFor();
      expect(await matrix(page).locator('tbody tr').count()).toBe(200);
      await page.getByRole('searchbox', { name: 'Filter by tool' }).fill('export_59');
      await page.getByText('7 of 600 match').waitFor();
      await expect.poll(() => matrix(page).locator('tbody tr').count()).toBe(7);
      expect(page.url()).toContain('q=export_59');
    });
  });

  it('says when it cannot be loaded', async () => {
    await withConsole(under, '/agents/cs-prod/summary', {}, async (page, fixture) => {
      fixture.state.failing.add('EffectiveAccess');
      await page.getByRole('link', { name: 'Access' }).click();
      await page.getByRole('alert').getByText('The access could not be loaded').waitFor();
      expect(await page.getByRole('button', { name: 'Explain' }).count()).toBe(0);
    });
  });
});

describe('trying a call', () => {
  it('answers why of a cell of the matrix, also where a person approves every call', async () => {
    await withConsole(under, address, {}, async (page) => {
      await rowOf(page, 'close_ticket').getByText('hold lookup, update, execute').waitFor();
      expect(await rowOf(page, 'close_ticket').innerText()).toContain('then: approval of finance');
      await page.getByRole('button', { name: 'Why, for execute of issue_refund as support at support-desk' }).click();
      await explanation(page).getByText('Then: at most 3 calls an hour per agent').waitFor();
      expect(await page.getByRole('combobox', { name: 'Tool' }).inputValue()).toBe('issue_refund');
    });
  });

  it('shows the decision, its rule, every check in order, and what would have to change', async () => {
    await withConsole(under, address, {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await tryCall(page, 'issue_refund', '{"amount": 240}');
      await explanation(page).getByText('amount 240 is more than 100').first().waitFor();
      const lines = await explanation(page).getByRole('list', { name: 'Checks' }).getByRole('listitem').allInnerTexts();
      expect(lines).toHaveLength(8);
      expect(lines[0]).toMatch(/Is the guard in touch.* passed$/s);
      expect(lines[7]).toMatch(/Do the arguments keep within.* denied/s);
      const changes = explanation(page).getByRole('list', { name: 'What would have to change' });
      expect(await changes.getByRole('listitem').allInnerTexts()).toEqual(['Change the arguments: amount at most 100']);

      await tryCall(page, 'issue_refund', '{"amount": 20}');
      await explanation(page).getByText('Allowed').waitFor();
      expect(await explanation(page).getByText('What would have to change').count()).toBe(0);
      expect(fixture.state.world.revision).toBe(before);
    });
  });

  it('of a retired agent says that nothing can be changed, and why', async () => {
    await withConsole(under, address, {}, async (page, fixture) => {
      const agents = fixture.state.world.agents as unknown as { id: string; status: string }[];
      for (const agent of agents) agent.status = 'retired';
      await tryCall(page, 'issue_refund', '{}');
      await explanation(page).getByText('create another agent in its place').waitFor();
      expect(await explanation(page).getByText('not reached').count()).toBe(5);
    });
  });

  it('does not send what is no JSON object, and says a refusal at its field', async () => {
    await withConsole(under, address, {}, async (page) => {
      await tryCall(page, 'issue_refund', '{amount}');
      await page.getByText('This is not a JSON object').waitFor();
      expect(await explanation(page).count()).toBe(0);
      await tryCall(page, 'unclear', '{}');
      await page.getByText('name one').waitFor();
      await page.getByRole('alert').getByText('Nothing was called').waitFor();
      expect(await explanation(page).count()).toBe(0);
    });
  });
});
