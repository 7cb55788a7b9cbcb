import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openBrowser, type OpenBrowser } from './index.js';

describe('the browser for tests', () => {
  let browser: OpenBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  const document = (body: string) => `data:text/html,<!doctype html><html lang=en><title>t</title><main>${body}</main>`;

  it('finds nothing wrong on a legible page', async () => {
    const page = await browser.page();
    await page.goto(document('<h1>Legible</h1>'));
    expect(await axeViolations(page)).toEqual([]);
  });

  it('reports a line that cannot be read', async () => {
    const page = await browser.page();
    await page.goto(document('<h1>Legible</h1><p style="color:rgb(200,200,200);background:white">Not legible</p>'));
    expect((await axeViolations(page)).map((violation) => violation.rule)).toEqual(['color-contrast']);
  });

  it('refuses to judge a page that shows nothing', async () => {
    const page = await browser.page();
    await page.goto('data:text/html,<!doctype html><html lang=en><title>t</title>');
    await expect(axeViolations(page)).rejects.toThrow();
  });
});
