import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { OpenBrowser } from '@portcullis/testkit/browser';

export const person = { email: 'ana@example.com', name: 'Ana', password: 'correct horse battery' } as const;

/** Claims the install through the page, as the printed link asks. */
export async function claimInBrowser(page: Page, claimUrl: string): Promise<void> {
  await page.goto(claimUrl);
  await page.locator('input[type=email]').fill(person.email);
  await page.locator('input[autocomplete=name]').fill(person.name);
  await page.locator('input[type=password]').fill(person.password);
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
  await page.locator('input[type=email]').fill(person.email);
  await page.locator('input[type=password]').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/overview');
  await isLive(page);
  return page;
}

/** Waits until the console says that what it shows is live. */
export async function isLive(page: Page, withinMs = 10_000): Promise<void> {
  await page.locator('[data-freshness=live]').first().waitFor({ timeout: withinMs });
}

/** A button of the dialog that is open. */
export function inDialog(page: Page, name: string | RegExp): Locator {
  const exact = typeof name === 'string' && /^(Issue|Prepare|Close)$/.test(name);
  return page.getByRole('dialog').getByRole('button', { name, exact });
}

/** Waits until the open dialog reads applied at the demo's one server. */
export async function whenApplied(page: Page): Promise<void> {
  await page
    .getByRole('dialog')
    .getByText(/^applied at 1 of 1 servers in \d+ ms$/)
    .waitFor();
}

export async function closeDialog(page: Page): Promise<void> {
  await inDialog(page, 'Close').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
