// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const applied = (page: Page) =>
  page
    .getByRole('dialog')
    .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
    .waitFor();
const agentOf = ({ state }: Fixture) => state.world.agents.find((agent) => agent.id === 'cs-prod');

describe('the parts of an agent', () => {
  it('have addresses of their own, and the bare address leads to the summary', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page) => {
      await page.waitForURL('**/agents/cs-prod/summary');
      await page.getByRole('link', { name: 'Credentials' }).click();
      await page.waitForURL('**/agents/cs-prod/credentials');
      await button(page, /^Revoke pcs_9f31/).waitFor();
    });
  });
});

describe('the lifecycle of an agent', () => {
  it('suspends after one confirmation, ends in the convergence line, and offers to resume', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Suspend cs-prod…').click();
      await page.keyboard.press('Enter');
      expect(agentOf(fixture)?.status).toBe('active');
      expect(fixture.state.world.revision).toBe(before);

      await inDialog(page, 'Suspend cs-prod').click();
      await applied(page);
      expect(agentOf(fixture)?.status).toBe('suspended');
      expect(fixture.state.world.revision).toBe(before + 1);

      await inDialog(page, /^Close$/).click();
      await button(page, 'Resume cs-prod…').click();
      await inDialog(page, 'Resume cs-prod').click();
      await applied(page);
      expect(agentOf(fixture)?.status).toBe('active');
      expect(fixture.state.world.revision).toBe(before + 2);
    });
  });

  it('offers nothing any more once the agent is retired', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      await button(page, 'Retire cs-prod…').click();
      await inDialog(page, 'Retire cs-prod').click();
      await applied(page);
      await inDialog(page, /^Close$/).click();

      await page.getByText('Nothing brings it back').waitFor();
      expect(agentOf(fixture)?.status).toBe('retired');
      for (const name of [/^(Suspend|Resume|Retire) cs-prod/, 'Edit', 'Assign role']) {
        expect(await button(page, name).count()).toBe(0);
      }
    });
  });

  it('says that nothing changed when it is refused, and nothing has', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      fixture.state.failing.add('RetireAgent');
      const before = fixture.state.world.revision;
      await button(page, 'Retire cs-prod…').click();
      await inDialog(page, 'Retire cs-prod').click();

      await page.getByRole('alert').getByText('The agent is as it was.').waitFor();
      expect(agentOf(fixture)?.status).toBe('active');
      expect(fixture.state.world.revision).toBe(before);
    });
  });

  it('takes another name', async () => {
    await withConsole(under, '/agents/cs-prod', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, 'Edit').click();
      await page.getByLabel('Name').fill('Support, evenings');
      await inDialog(page, 'Save agent').click();

      await page.getByRole('heading', { level: 1, name: 'Support, evenings' }).waitFor();
      expect(fixture.state.world.revision).toBe(before + 1);
    });
  });
});

const credentialsOf = ({ state }: Fixture, agent: string) =>
  Object.fromEntries(
    state.world.agents
      .filter(({ id }) => id === agent)
      .flatMap(({ credentials }) => credentials.map(({ prefix, status }) => [prefix, status])),
  );

describe('a key pair made in the browser', () => {
  it('is registered by its public half; no request ever holds the private one', async () => {
    await withConsole(under, '/agents/cs-prod/credentials', {}, async (page, fixture) => {
      const sent: string[] = [];
      page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
      page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
      await button(page, 'Issue credential').click();
      await page.getByRole('radio', { name: /^Key pair made in this browser/ }).check();
      await button(page, /^Issue$/).click();
      const shown = JSON.parse(await page.getByTestId('secret').innerText()) as Record<string, string>;
      await button(page, 'I have stored it').click();
      await page.getByTestId('secret').waitFor({ state: 'detached' });

      const { d, ...rest } = shown;
      expect(d).toMatch(/^[\w-]{43}$/);
      expect(agentOf(fixture)?.credentials.at(-1)?.publicJwk).toEqual(rest);
      expect(sent.some((text) => text.includes('publicJwk'))).toBe(true);
      expect(sent.filter((text) => text.includes('"d"') || text.includes(String(d)))).toEqual([]);
      expect(await page.content()).not.toContain(d);
    });
  });

  it('is not even sent when a private key is pasted for a public one', async () => {
    await withConsole(under, '/agents/cs-prod/credentials', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.postData() ?? ''));
      await button(page, 'Issue credential').click();
      await page.getByRole('radio', { name: /^Public key/ }).check();
      await page.getByLabel('Public JWK').fill('{"kty":"EC","crv":"P-256","x":"x","y":"y","d":"private"}');
      await button(page, /^Issue$/).click();

      await page.getByText('This is a private key. It was not sent.').waitFor();
      expect(await page.getByLabel('Public JWK').getAttribute('aria-invalid')).toBe('true');
      expect(sent.filter((text) => text.includes('private'))).toEqual([]);
      expect(fixture.state.world.revision).toBe(before);
    });
  });
});

describe('the rotation card', () => {
  it('goes from prepare by activate and retire to a warning while the new one is unused', async () => {
    await withConsole(under, '/agents/cs-prod/credentials', {}, async (page, fixture) => {
      await button(page, 'Prepare the next credential').click();
      await page.getByRole('radio', { name: 'Client secret' }).check();
      await button(page, /^Prepare$/).click();
      await button(page, 'I have stored it').click();
      await button(page, 'Activate pcs_4c1d…').click();
      await inDialog(page, 'Activate pcs_4c1d…').click();
      await applied(page);
      await inDialog(page, /^Close$/).click();
      await button(page, 'Retire pcs_9f31…').click();
      await inDialog(page, 'Retire pcs_9f31…').click();
      await applied(page);
      await inDialog(page, /^Close$/).click();

      await button(page, 'Finish anyway…').waitFor();
      expect(credentialsOf(fixture, 'cs-prod')).toEqual({ pcs_9f31: 'retiring', pcs_4c1d: 'active' });
    });
  });

  it('shows old and new side by side and offers to finish once the old one is silent', async () => {
    await withConsole(under, '/agents/research/credentials', {}, async (page, fixture) => {
      await page.getByRole('region', { name: 'Old credential' }).getByText('7 min ago').waitFor();
      await page.getByRole('region', { name: 'New credential' }).getByText('for support-desk').waitFor();
      await button(page, /^Finish$/).click();
      await inDialog(page, /^Revoke key_b771/).click();
      await applied(page);

      expect(credentialsOf(fixture, 'research')).toMatchObject({ key_b771: 'revoked', key_e3c9: 'active' });
    });
  });

  it('taints with a reason and says what went with it', async () => {
    await withConsole(under, '/agents/research/credentials', {}, async (page, fixture) => {
      const before = fixture.state.world.revision;
      await button(page, /^Taint key_e3c9/).click();
      await page.getByLabel('Reason').fill('laptop lost');
      await inDialog(page, /^Taint key_e3c9/).click();
      await page.getByText('Taint recorded: 1 credential and 1 conversation went with it.').waitFor();
      await applied(page);

      expect(credentialsOf(fixture, 'research')['key_e3c9']).toBe('tainted');
      expect(fixture.state.world.revision).toBe(before + 1);
    });
  });
});
