import type { Page } from 'playwright-core';
import { inDialog, isLive } from './sit-at.js';

export interface FurnishedRules {
  /** The address of one grant. */
  readonly grant: string;
  readonly policy: string;
  readonly directory: string;
  /** Where the conversation is widened that was opened here. */
  readonly widen: string;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isLive(page);
}

/** Something to see on the pages of rules, made on the pages themselves: a policy, a directory, a widened conversation. */
export async function furnishRules(page: Page, console_: string): Promise<FurnishedRules> {
  await draftPolicy(page, console_);
  await fillDirectory(page, console_);
  await open(page, `${console_}/grants`);
  const grant = await page.getByRole('link', { name: 'Details' }).first().getAttribute('href');
  return {
    grant: grant ?? '',
    policy: '/policies/quiet-hours/edit',
    directory: '/directories/friends',
    widen: await widenConversation(page, console_),
  };
}

async function draftPolicy(page: Page, console_: string): Promise<void> {
  await open(page, `${console_}/policies`);
  await page.getByRole('button', { name: 'Start from an example' }).click();
  await page.getByRole('textbox', { name: 'Id' }).fill('quiet-hours');
  await page.getByRole('textbox', { name: 'Name' }).fill('Quiet hours');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Quiet hours' }).waitFor();
}

async function fillDirectory(page: Page, console_: string): Promise<void> {
  await open(page, `${console_}/directories`);
  await page.getByRole('button', { name: 'Create directory' }).click();
  await page.getByRole('textbox', { name: 'Id' }).fill('friends');
  await page.getByRole('textbox', { name: 'Name' }).fill('Friends of the house');
  await inDialog(page, 'Create directory').click();
  await page.getByRole('link', { name: 'Fill friends' }).click();
  await page.getByRole('button', { name: 'Add entries…' }).click();
  await page.getByRole('textbox', { name: 'Entries, one a line' }).fill('ada@example.com\nbob@EXAMPLE.com');
  await inDialog(page, 'Add entries').click();
  await page.getByText(/^Accepted \(revision \d+\)\. 2 entries sent\.$/).waitFor();
}

async function widenConversation(page: Page, console_: string): Promise<string> {
  await open(page, `${console_}/agents/cs-prod/conversations`);
  await page.getByRole('button', { name: 'Open a conversation' }).click();
  await page.getByLabel('Attributes').fill('customerId: C-105');
  await inDialog(page, 'Open conversation').click();
  await page
    .getByRole('row', { name: /customerId: C-105/ })
    .getByRole('button', { name: /^Widen / })
    .click();
  await page.getByRole('combobox', { name: 'Tool', exact: true }).click();
  await page.getByRole('option', { name: 'support-desk/list_tickets' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('The customer waits');
  const { pathname, search } = new URL(page.url());
  await page.getByRole('button', { name: 'Widen…' }).click();
  await inDialog(page, 'Widen conversation').click();
  await page.getByText(/^Accepted \(revision \d+\)/).waitFor();
  return pathname + search;
}
