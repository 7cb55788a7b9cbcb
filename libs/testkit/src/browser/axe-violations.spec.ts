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

  it('waits for a colour that is on its way', async () => {
    const page = await browser.page();
    const line = '<p style="color:rgb(200,200,200);background:white;transition:color 0.6s">Not legible yet</p>';
    await page.goto(document(`<h1>Legible</h1>${line}`));
    await page.locator('p').evaluate((element) => {
      void element.getBoundingClientRect();
      element.style.color = 'black';
    });
    expect(await axeViolations(page)).toEqual([]);
  });

  it('names what is missing of the page as a whole', async () => {
    const page = await browser.page();
    await page.goto('data:text/html,<!doctype html><html><main><h1>Legible</h1></main>');
    expect((await axeViolations(page)).map((violation) => violation.rule)).toEqual(['document-title', 'html-has-lang']);
  });

  it('refuses a page with frames, into which it does not look', async () => {
    const page = await browser.page();
    await page.goto(document('<h1>Legible</h1><iframe title="within" srcdoc="<p>within</p>"></iframe>'));
    await expect(axeViolations(page)).rejects.toThrow('has frames');
  });

  it('refuses to judge a page that shows nothing', async () => {
    const page = await browser.page();
    await page.goto('data:text/html,<!doctype html><html lang=en><title>t</title>');
    await expect(axeViolations(page)).rejects.toThrow();
  });
});
