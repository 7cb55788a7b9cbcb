// @vitest-environment node
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../dev/fixture-server.mjs';
import { consoleUnderTest } from '../testing/console-under-test.js';
import { whenFocused } from '../testing/when-focused.js';
import { withConsole } from '../testing/with-console.js';

const under = consoleUnderTest();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const box = (page: Page, name: string) => page.getByRole('dialog').getByRole('textbox', { name, exact: true });
const issuerIds = ({ state }: Fixture) => state.world.issuers.map(({ id }) => id);
const saidAt = async (page: Page, name: string) => {
  await expect.poll(() => box(page, name).getAttribute('aria-invalid')).toBe('true');
  await whenFocused(box(page, name));
  const ids = (await box(page, name).getAttribute('aria-describedby')) ?? '';
  return page
    .locator(
      ids
        .split(' ')
        .map((id) => `[id="${id}"]`)
        .join(','),
    )
    .allInnerTexts();
};
const fillIssuer = async (page: Page, given: Readonly<Record<string, string>>) => {
  const fields = { Id: 'corp', Name: 'Corp', 'Issuer address': 'https://id.corp.example', Audience: 'portcullis' };
  for (const [name, value] of Object.entries({ ...fields, ...given })) await box(page, name).fill(value);
};

describe('the issuers', () => {
  it('say what an issuer is for while there is none, and the first is added from there by keyboard', async () => {
    await withConsole(under, '/settings/issuers', { empty: true }, async (page, fixture) => {
      await page.getByText('a sign-in service of yours').waitFor();
      const before = fixture.state.world.revision;
      await button(page, 'Add issuer').focus();
      await page.keyboard.press('Enter');
      await whenFocused(box(page, 'Id'));
      for (const text of ['corp', 'Corp', 'https://id.corp.example', 'portcullis']) {
        await page.keyboard.type(text);
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.getByRole('cell', { name: 'https://id.corp.example' }).waitFor();

      expect(fixture.state.world.issuers).toMatchObject([{ id: 'corp', enabled: true, jwksUri: null }]);
      expect(fixture.state.world.revision).toBe(before + 1);
    });
  });

  it.each([
    [
      'Issuer address',
      { 'Issuer address': 'https://metadata.internal' },
      /This issuer cannot be used: the host is not/,
    ],
    ['Address of its keys (JWKS)', { 'Address of its keys (JWKS)': 'https://keys.internal' }, /the host is not public/],
    ['Id', { Id: 'acme-sso' }, /That id is taken/],
    ['Audience', { Audience: 'a'.repeat(201) }, /^at most 200 characters$/],
  ])('show at the field %s why it was refused, and nothing is added', async (name, given, said) => {
    await withConsole(under, '/settings/issuers', {}, async (page, fixture) => {
      const before = [fixture.state.world.revision, issuerIds(fixture)];
      await button(page, 'Add issuer').click();
      await fillIssuer(page, given);
      await inDialog(page, 'Add issuer').click();

      expect((await saidAt(page, name)).some((text) => said.test(text))).toBe(true);
      await page.getByRole('alert').getByText('Nothing changed.').waitFor();
      expect([fixture.state.world.revision, issuerIds(fixture)]).toEqual(before);

      await fillIssuer(page, { 'Address of its keys (JWKS)': '' });
      await inDialog(page, 'Add issuer').click();
      await page.getByRole('cell', { name: 'https://id.corp.example' }).waitFor();
      expect(issuerIds(fixture)).toEqual(['acme-sso', 'corp']);
    });
  });

  it('are edited, disabled with what that stops, and enabled again', async () => {
    await withConsole(under, '/settings/issuers', {}, async (page, fixture) => {
      await button(page, 'Edit acme-sso').click();
      await box(page, 'Audience').fill('portcullis-prod');
      await inDialog(page, 'Save issuer').click();
      await page.getByRole('cell', { name: 'portcullis-prod' }).waitFor();
      await button(page, 'Disable acme-sso').click();
      await page.getByText('no agent gets a token for a user of this issuer').waitFor();
      await inDialog(page, 'Disable issuer').click();
      await button(page, 'Enable acme-sso').waitFor();
      expect(fixture.state.world.issuers).toMatchObject([{ audience: 'portcullis-prod', enabled: false }]);
      await button(page, 'Enable acme-sso').click();
      await inDialog(page, 'Enable issuer').click();
      await button(page, 'Disable acme-sso').waitFor();
      expect(fixture.state.world.issuers).toMatchObject([{ audience: 'portcullis-prod', enabled: true }]);
    });
  });

  it('are removed after their consequences are said, and stay when that is refused', async () => {
    await withConsole(under, '/settings/issuers', {}, async (page, fixture) => {
      fixture.state.failing.add('RemoveSubjectIssuer');
      await button(page, 'Remove acme-sso').click();
      await page.getByText('Tokens in hand go on until they end').waitFor();
      await inDialog(page, 'Remove issuer').click();
      await page.getByRole('alert').getByText('The issuer is as it was.').waitFor();
      expect(issuerIds(fixture)).toEqual(['acme-sso']);

      fixture.state.failing.clear();
      await inDialog(page, 'Remove issuer').click();
      await page.getByText('No issuers yet').waitFor();
      expect(issuerIds(fixture)).toEqual([]);
    });
  });

  it('are found by a filter among many, and say it when the server does not answer', async () => {
    await withConsole(under, '/settings/issuers?q=subsidiary-7', { issuers: 40 }, async (page, fixture) => {
      await page.getByText('1 of 40 match').waitFor();
      fixture.state.failing.add('SubjectIssuers');
      await page.reload();
      await page.getByRole('alert').getByText('The issuers could not be loaded').waitFor();
    });
  });
});
