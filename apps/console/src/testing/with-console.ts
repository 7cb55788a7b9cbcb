import type { Page } from 'playwright-core';
import { startFixture, type Fixture, type FixtureOptions } from '../../dev/fixture-server.mjs';
import type { UnderTest } from './console-under-test.js';

const withinMs = 12_000;

/** One page of the built console over an invented world of its own; both are gone when `run` ends. */
export async function withConsole(
  { dist, browser }: UnderTest,
  path: string,
  world: FixtureOptions,
  run: (page: Page, fixture: Fixture) => Promise<void>,
): Promise<void> {
  const fixture = await startFixture({ dist, ...world });
  const page = await browser.page({ reducedMotion: 'reduce' });
  // Sooner than the spec, so that a failure names the step that waited.
  page.setDefaultTimeout(withinMs);
  await page.goto(fixture.url + path);
  await page.locator('h1').first().waitFor();
  await run(page, fixture);
  await page.context().close();
  await fixture.close();
}
