/// <reference lib="dom" />
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findBrowser } from './find-browser.js';

/** A running headless browser. */
export interface OpenBrowser {
  readonly browser: Browser;
  /** Where the browser came from: `PORTCULLIS_CHROMIUM`, `installed` or the package's name. */
  readonly origin: string;
  /** A page in a context (cookies, storage, colour scheme) of its own; closed with the browser. */
  page(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Starts a headless Chromium for tests and screenshots, and proves that it draws text: a browser without fonts shows blank
 * pages, on which every later check would pass. Throws when no browser is found or when it draws nothing.
 */
export async function openBrowser(): Promise<OpenBrowser> {
  const { executablePath, env, origin } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
  const page = async (options: BrowserContextOptions = {}) => (await browser.newContext(options)).newPage();
  try {
    const probe = await page();
    await probe.goto('data:text/html,<p id=probe style="display:inline-block">Portcullis draws text</p>');
    await assertDrawn(probe);
    const width = await probe.locator('#probe').evaluate((element) => element.getBoundingClientRect().width);
    if (width < 40) throw new Error(`the browser (${origin}) draws no glyphs: a line of text is ${width} pixels wide`);
    await probe.context().close();
  } catch (cause) {
    await browser.close();
    throw cause;
  }
  return { browser, origin, page, close: () => browser.close() };
}

/** Fails unless the page shows text and the browser has painted it. Waits at most five seconds for the paint. */
export async function assertDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0, undefined, {
    timeout: 5_000,
  });
  const text = await page.evaluate(() => document.body.innerText.trim());
  if (text === '') throw new Error(`${page.url()} shows no text`);
}
