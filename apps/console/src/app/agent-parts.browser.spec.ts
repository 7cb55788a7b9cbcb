// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const agentOf = ({ state }: Fixture, wanted: string) => state.world.agents.find(({ id }) => id === wanted);

describe('a new agent', () => {
  it('belongs to who makes it unless another owner is chosen, and has the tags that were typed', async () => {
    await withConsole(under, '/agents', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Create agent').click();
      await page.getByRole('textbox', { name: 'Id' }).fill('night-desk');
      await page.getByRole('textbox', { name: 'Name' }).fill('Night desk');
      await page.getByRole('combobox', { name: 'Tags' }).fill('nights');
      await page.keyboard.press('Enter');
      await inDialog(page, 'Create agent').click();
      await page.getByRole('heading', { level: 1, name: 'Night desk' }).waitFor();

      expect(agentOf(fixture, 'night-desk')).toMatchObject({ tags: ['nights'], owner: { id: 'p-1' } });
      expect(fixture.state.world.revision).toBe(before + 1);
    });
  });
});

describe('the host of an agent', () => {
  it('is chosen by keyboard from the other agents, shown, and removed after its consequences are said', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      await page.getByText('only people open conversations for this agent').waitFor();
      await button(page, 'Choose a host').focus();
      await page.keyboard.press('Enter');
      const field = page.getByRole('combobox', { name: 'Host' });
      await field.focus();
      await page.keyboard.type('resea');
      await page.getByRole('option', { name: /\(research\)/ }).waitFor();
      expect(await page.getByRole('option', { name: /\(cs-prod\)/ }).count()).toBe(0);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await inDialog(page, 'Save host').press('Enter');
      await page.getByText('opens conversations for this agent with its own credential').waitFor();
      expect(agentOf(fixture, 'cs-prod')?.host).toBe('research');

      await button(page, 'Remove host').click();
      await page.getByText('go on until they expire or somebody closes them').waitFor();
      expect(agentOf(fixture, 'cs-prod')?.host).toBe('research');
      await inDialog(page, 'Remove host').click();
      await page.getByText('only people open conversations for this agent').waitFor();
      expect(agentOf(fixture, 'cs-prod')?.host).toBeNull();
    });
  });

  it('stays when its removal is refused, and the page says so', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      await button(page, 'Choose a host').click();
      await page.getByRole('combobox', { name: 'Host' }).fill('research');
      await page.getByRole('option', { name: /\(research\)/ }).click();
      await inDialog(page, 'Save host').click();
      await button(page, 'Remove host').click();
      fixture.state.failing.add('SetAgentHost');
      await inDialog(page, 'Remove host').click();

      await page.getByRole('alert').getByText('The host is as it was.').waitFor();
      expect(agentOf(fixture, 'cs-prod')?.host).toBe('research');
    });
  });
});

describe('the conversations of an agent', () => {
  it('are paged by fifty, newest first, with the page in the address', async () => {
    await withConsole(under, '/agents/cs-prod/conversations', { conversations: 120 }, async (page) => {
      const rows = page.getByRole('region', { name: 'Conversations' }).locator('tbody tr');
      const seen = new Set<string>();
      const take = async (wanted: number) => {
        await expect.poll(() => rows.count()).toBe(wanted);
        for (const text of await rows
          .locator('td:first-child span')
          .evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? '')))
          seen.add(text);
      };
      await take(50);
      await button(page, 'Older').click();
      await page.waitForURL(/before=\d+/);
      await expect
        .poll(async () => seen.has((await rows.first().locator('span').first().getAttribute('title')) ?? ''))
        .toBe(false);
      await take(50);
      await button(page, 'Older').click();
      await take(20);
      expect(seen.size).toBe(120);
      expect(await button(page, 'Older').count()).toBe(0);
      await page.reload();
      await take(20);
      await button(page, 'Newest').click();
      await take(50);
      expect(seen.size).toBe(120);
    });
  });
});

describe('a rotation that is due', () => {
  it('is marked in the list, found there by its word, and marked on the card', async () => {
    await withConsole(under, '/agents?q=rotation+due', {}, async (page) => {
      await page.getByText('1 of 2 match').waitFor();
      await page.getByText(/^rotation due in \d+ h$/).waitFor();
      await page.goto(`${new URL(page.url()).origin}/agents/cs-prod/credentials`);
      await page
        .getByRole('region', { name: 'Rotation', exact: true })
        .getByText(/^rotation due in \d+ h$/)
        .waitFor();
    });
  });
});

describe('keys published at an address', () => {
  it('say at the field why the address was refused, and nothing is issued', async () => {
    await withConsole(under, '/agents/cs-prod/credentials', {}, async (page, fixture) => {
      const before = [fixture.state.world.revision, agentOf(fixture, 'cs-prod')?.credentials.length];
      await button(page, 'Issue credential').click();
      await page.getByRole('radio', { name: /^Address where its public keys/ }).check();
      const field = page.getByRole('textbox', { name: /^Address of its keys/ });
      await field.fill('https://keys.internal/jwks.json');
      await button(page, /^Issue$/).click();
      await page.getByText('This JWKS address cannot be used: the host is not public').waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect([fixture.state.world.revision, agentOf(fixture, 'cs-prod')?.credentials.length]).toEqual(before);

      await field.fill('https://desk.example/jwks.json');
      await button(page, /^Issue$/).click();
      await page.getByRole('cell', { name: 'keys at https://desk.example/jwks.json' }).waitFor();
      expect(agentOf(fixture, 'cs-prod')?.credentials.at(-1)?.jwksUri).toBe('https://desk.example/jwks.json');
    });
  });
});

describe('acting for a person', () => {
  it('shows the token once, with the exchange that uses it, and keeps nothing of it', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page) => {
      await button(page, 'Let cs-prod act for me').click();
      const token = (await page.getByTestId('secret').innerText()).trim();
      const line = await page.getByRole('region', { name: 'curl' }).innerText();
      expect(line).toContain(`subject_token=${token}`);
      expect(line).toContain('grant_type=urn:ietf:params:oauth:grant-type:token-exchange');
      await page.keyboard.press('Escape');
      expect(await page.getByTestId('secret').isVisible()).toBe(true);
      await button(page, 'I have stored it').click();
      await page.getByTestId('secret').waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(token);
    });
  });

  it('makes no token when it is refused, and says so', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      fixture.state.failing.add('IssueSubjectToken');
      await button(page, 'Let cs-prod act for me').click();
      await page.getByRole('alert').getByText('No token was made').waitFor();
      expect(await page.getByTestId('secret').count()).toBe(0);
    });
  });
});
