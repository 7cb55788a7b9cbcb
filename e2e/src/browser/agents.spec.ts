import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { waitFor } from '@portcullis/testkit';
import { openBrowser, type OpenBrowser } from '@portcullis/testkit/browser';
import { decodeJwt } from 'jose';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { demoFile } from '../stack/demo-world.js';
import { startInstallation, type Installation } from '../stack/installation.js';
import { connectWithKey } from '../stack/key-agent.js';
import { callTool, connectAgent, denialOf, requestToken, tokenFor } from '../stack/mcp-agent.js';
import { claimInBrowser, closeDialog, inDialog, isLive, whenApplied } from './sit-at.js';

let installation: Installation;
let browser: OpenBrowser;
let page: Page;
let resource: string;
const failures: string[] = [];
/** The secrets that were issued on the page, by agent, in place of those of the demo. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  [installation, browser] = await Promise.all([startInstallation(), openBrowser()]);
  page = await browser.page();
  page.on('pageerror', (error) => failures.push(error.message));
  resource = (await demoFile(installation)).resource;
  await claimInBrowser(page, installation.run.urls.claim);
});
afterAll(async () => {
  await browser.close();
  await installation.remove();
  expect(failures).toEqual([]);
});

const at = (path: string) => `${installation.run.urls.console}${path}`;
const button = (name: string | RegExp) => page.getByRole('button', { name });

async function open(path: string): Promise<void> {
  await page.goto(at(path));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isLive(page);
}

/** A token request of an agent with a secret; with its demo secret when none is given. */
async function requestOf(agent: string, secret?: string, scope?: string) {
  const demo = await demoFile(installation);
  const clientSecret = secret ?? secrets.get(agent) ?? demo.agents[agent]?.clientSecret ?? '';
  const who = { console: installation.run.urls.console, clientId: agent, clientSecret, resource };
  return scope === undefined ? who : { ...who, scope };
}

async function mayList(agent: Client): Promise<boolean> {
  return denialOf(await callTool(agent, 'list_tickets')) === undefined;
}

async function secretFrom(act: 'Issue' | 'Prepare'): Promise<string> {
  await page.getByRole('radio', { name: 'Client secret' }).check();
  await inDialog(page, act).click();
  const secret = (await page.getByTestId('secret').innerText()).trim();
  await button('I have stored it').click();
  return secret;
}

promise(
  'R-SCREEN-3',
  'a rotation on the page: prepare, activate, retire, finish, without one failed call',
  async () => {
    const old = await connectAgent(resource, await tokenFor(await requestOf('research')));
    await open('/agents/research/credentials');
    await button('Prepare the next credential').click();
    const secret = await secretFrom('Prepare');
    const prefix = secret.slice(0, 8);
    const early = await requestToken(await requestOf('research', secret));
    await button(`Activate ${prefix}`).click();
    await inDialog(page, `Activate ${prefix}`).click();
    await whenApplied(page);
    await closeDialog(page);
    const next = await connectAgent(resource, await tokenFor(await requestOf('research', secret)));
    const both = [await mayList(old), await mayList(next)];

    await button(/^Retire pcs_/).click();
    await inDialog(page, /^Retire pcs_/).click();
    await whenApplied(page);
    await closeDialog(page);
    const inOverlap = [await mayList(old), await mayList(next)];
    await button('Finish anyway…').click();
    await inDialog(page, /^Revoke pcs_/).click();
    await whenApplied(page);
    await closeDialog(page);

    expect(early).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect([both, inOverlap]).toEqual([
      [true, true],
      [true, true],
    ]);
    await expect(callTool(old, 'list_tickets')).rejects.toThrow();
    expect(await requestToken(await requestOf('research'))).toMatchObject({ status: 401 });
    secrets.set('research', secret);
    expect(await mayList(next)).toBe(true);
  },
);

promise(
  'R-SCREEN-4',
  'a key pair made in the browser gets a token, and its private half is in no request',
  async () => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
    await open('/agents/cs-prod/credentials');
    await button('Issue credential').click();
    await page.getByRole('radio', { name: /^Key pair made in this browser/ }).check();
    await inDialog(page, 'Issue').click();
    const jwk = JSON.parse(await page.getByTestId('secret').innerText()) as { readonly d: string };
    await button('I have stored it').click();
    await page.getByTestId('secret').waitFor({ state: 'detached' });
    const agent = await connectWithKey({ agent: 'cs-prod', resource, issuer: installation.run.urls.console, jwk });

    expect(await mayList(agent)).toBe(true);
    expect(jwk.d).toMatch(/^[\w-]{43}$/);
    expect(sent.some((text) => text.includes('publicJwk'))).toBe(true);
    expect(sent.filter((text) => text.includes('"d"') || text.includes(jwk.d))).toEqual([]);
    expect(await page.content()).not.toContain(jwk.d);
  },
);

promise(
  'R-SCREEN-5',
  'a conversation opened on the page carries its user, and closed on the page it ends',
  async () => {
    await open('/agents/cs-prod/conversations');
    await button('Open a conversation').click();
    await page.getByLabel('Attributes').fill('customerId: C-104');
    await inDialog(page, 'Open conversation').click();
    const row = page.getByRole('row', { name: /customerId: C-104/ });
    const id = (await row.locator('[title]').first().getAttribute('title')) ?? '';
    const scope = `conv:${id} task:lookup`;
    const token = await tokenFor(await requestOf('cs-prod', undefined, scope));
    const agent = await connectAgent(resource, token);
    const before = await mayList(agent);

    await button(`Close ${id.slice(0, 8)}`).click();
    await inDialog(page, 'Close conversation').click();
    await whenApplied(page);
    await closeDialog(page);

    expect(decodeJwt(token)).toMatchObject({
      conversation: id,
      user: expect.stringMatching(/^portcullis:/) as unknown,
    });
    expect(before).toBe(true);
    expect(await callTool(agent, 'list_tickets').then(denialOf, String)).toBeDefined();
    expect(await requestToken(await requestOf('cs-prod', undefined, scope))).toMatchObject({ status: 400 });
    await row.getByText(/^closed/).waitFor();
  },
);

promise(
  'R-SCREEN-6',
  'an agent suspended on the page is refused at its next call, and resumed it goes on',
  async () => {
    const agent = await connectAgent(resource, await tokenFor(await requestOf('cs-prod')));
    const before = await mayList(agent);
    await open('/agents/cs-prod');
    await button('Suspend cs-prod…').click();
    await inDialog(page, 'Suspend cs-prod').click();
    await whenApplied(page);
    await closeDialog(page);
    const suspended = await callTool(agent, 'list_tickets').then(denialOf, String);
    const refused = await requestToken(await requestOf('cs-prod'));
    await button('Resume cs-prod…').click();
    await inDialog(page, 'Resume cs-prod').click();
    await whenApplied(page);
    await closeDialog(page);
    const again = await connectAgent(resource, await tokenFor(await requestOf('cs-prod')));

    expect(before).toBe(true);
    expect(suspended).toBeDefined();
    expect(refused.status).toBe(401);
    expect(await mayList(again)).toBe(true);
  },
);

promise('R-SCREEN-7', 'what the page sets holds for the next token: its life, and whether it needs a key', async () => {
  await open('/settings/tokens');
  await page.getByLabel(/^Life of an access token/).fill('120');
  await button('Save token settings').click();
  await page.getByText('Saved.').waitFor();
  const short = await requestToken(await requestOf('cs-prod'));
  await page.getByRole('switch').check();
  await page.getByText('Which agents those are is not known').waitFor();
  const unsaved = await requestToken(await requestOf('cs-prod'));
  await button('Save token settings').click();
  await page.getByText('Saved.').waitFor();
  const bare = await requestToken(await requestOf('cs-prod'));
  await page.getByRole('switch').uncheck();
  await page.getByLabel(/^Life of an access token/).fill('300');
  await button('Save token settings').click();
  await page.getByText('Saved.').waitFor();

  expect(short).toMatchObject({ status: 200, body: { expires_in: 120 } });
  expect(unsaved.status).toBe(200);
  expect(bare.status).toBe(400);
  expect(bare.body).not.toHaveProperty('access_token');
  expect(await requestToken(await requestOf('cs-prod'))).toMatchObject({ status: 200, body: { expires_in: 300 } });
});

promise('R-SCREEN-8', 'the signing key is rotated on the page, and the old one withdrawn there', async () => {
  const old = await connectAgent(resource, await tokenFor(await requestOf('cs-prod')));
  await open('/settings/tokens');
  await button('Rotate signing key').click();
  await inDialog(page, 'Rotate signing key').click();
  await page.getByText('A new key is published').waitFor();
  await closeDialog(page);
  const withdraw = button(/^Withdraw .* now$/);
  await withdraw.waitFor();
  const next = await connectAgent(resource, await tokenFor(await requestOf('cs-prod')));
  const both = [await mayList(old), await mayList(next)];
  await withdraw.click();
  await inDialog(page, /^Withdraw /).click();
  await page.getByText('Withdrawal recorded.').waitFor();
  await closeDialog(page);
  await waitFor(
    () =>
      mayList(old).then(
        (may) => !may,
        () => true,
      ),
    { what: 'the refusal of a token of the old key', withinMs: 12_000 },
  );

  expect(both).toEqual([true, true]);
  expect(await mayList(next)).toBe(true);
});

promise('R-SCREEN-9', 'a person lets an agent act for them on its page, and its token carries the person', async () => {
  await open('/agents/cs-prod');
  await button('Let cs-prod act for me').click();
  const subjectToken = (await page.getByTestId('secret').innerText()).trim();
  const line = await page.getByRole('region', { name: 'curl' }).innerText();
  await button('I have stored it').click();
  const exchange = (agent: string) => exchanged(line, agent);
  const [mine, others] = [await exchange('cs-prod'), await exchange('research')];
  const said = decodeJwt(String(mine.body['access_token']));

  expect(said).toMatchObject({ sub: said['user'], act: { sub: 'cs-prod' }, agent: 'cs-prod' });
  expect(said.sub).toMatch(/^portcullis:/);
  expect(await mayList(await connectAgent(resource, String(mine.body['access_token'])))).toBe(true);
  expect(others).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(await page.content()).not.toContain(subjectToken);
});

/** The exchange as the page prints it for curl, with the secret of an agent. */
async function exchanged(line: string, agent: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const { clientSecret } = await requestOf(agent);
  const fields = [...line.matchAll(/-d ([a-z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]);
  const answer = await fetch(/https?:\/\/\S+\/oauth\/token/.exec(line)?.[0] ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${agent}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

promise('R-SCREEN-10', 'an issuer whose keys cannot be read is refused at its field, and none is added', async () => {
  await open('/settings/issuers');
  await page.getByText('No issuers yet').waitFor();
  await button('Add issuer').click();
  const given = { Id: 'corp', Name: 'Corp', 'Issuer address': 'https://127.0.0.1:9', Audience: 'portcullis' };
  const field = (name: string) => page.getByRole('dialog').getByRole('textbox', { name, exact: true });
  for (const [name, value] of Object.entries(given)) await field(name).fill(value);
  await inDialog(page, 'Add issuer').click();
  await page.getByText('This issuer cannot be used: the host is not public').waitFor();
  const marked = await field('Issuer address').getAttribute('aria-invalid');
  await page.keyboard.press('Escape');
  await open('/settings/issuers');

  expect(marked).toBe('true');
  await page.getByText('No issuers yet').waitFor();
});
