import type { BrowserContextOptions, Page } from 'playwright-core';
import type { OpenBrowser } from '@portcullis/testkit/browser';

export const person = { email: 'ana@example.com', name: 'Ana', password: 'correct horse battery' } as const;

/** Claims the install through the page, as the printed link asks. */
export async function claimInBrowser(page: Page, claimUrl: string): Promise<void> {
  await page.goto(claimUrl);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Claim install' }).click();
  await page.waitForURL('**/overview');
}

/** A page of its own, signed in through the form. */
export async function signInBrowser(
  browser: OpenBrowser,
  console_: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.page(options);
  await page.goto(`${console_}/sign-in`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/overview');
  await page.getByText('Live', { exact: true }).first().waitFor();
  return page;
}
