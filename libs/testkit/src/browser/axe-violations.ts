/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { assertDrawn } from './open-browser.js';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const plantedId = 'planted-low-contrast';

/** One broken accessibility rule and where. */
export interface AxeViolation {
  readonly rule: string;
  readonly help: string;
  readonly targets: readonly string[];
}

/**
 * What axe-core finds on the page as it stands (WCAG 2.0 to 2.2, levels A and AA). First proves that axe sees anything at
 * all: a planted line of low contrast must be reported, otherwise this throws. Throws as well on a page with frames, into
 * which it does not look.
 */
export async function axeViolations(page: Page): Promise<readonly AxeViolation[]> {
  await assertDrawn(page);
  if (page.frames().length > 1) throw new Error(`${page.url()} has frames, which are not judged here`);
  await bringAxe(page);
  await whenColoursRest(page);
  await proveThatAxeSees(page);
  return run(page, { runOnly: { type: 'tag', values: tags } });
}

/** Axe stays on a page until it is left: bringing and asking it through the builder each time takes longer than judging. */
async function bringAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in window)) return;
  await new AxeBuilder({ page }).setLegacyMode().include('html').withRules(['html-has-lang']).analyze();
}

/** Between two colours, such as those of light and dark, a legible line is not: what moves from one to the other has arrived first. */
async function whenColoursRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}

async function proveThatAxeSees(page: Page): Promise<void> {
  await page.evaluate((id) => {
    const line = document.createElement('p');
    line.id = id;
    line.textContent = 'A line nobody can read';
    Object.assign(line.style, {
      color: 'rgb(200,200,200)',
      background: 'rgb(210,210,210)',
      position: 'fixed',
      inset: '0 auto auto 0',
      zIndex: '99999',
    });
    document.body.append(line);
  }, plantedId);
  const found = await run(page, { runOnly: { type: 'rule', values: ['color-contrast'] } }, `#${plantedId}`);
  await page.evaluate((id) => document.getElementById(id)?.remove(), plantedId);
  if (found.length === 0)
    throw new Error('axe did not report the planted low-contrast line: its other answers mean nothing');
}

interface Asked {
  readonly runOnly: { readonly type: 'tag' | 'rule'; readonly values: string[] };
}

/** Only what is wrong crosses over to the test: what passed is many times longer. */
async function run(page: Page, asked: Asked, within = 'html'): Promise<readonly AxeViolation[]> {
  return page.evaluate(
    async ({ asked: { runOnly }, within: selector }) => {
      const { axe } = window as unknown as { readonly axe: Axe };
      const { violations } = await axe.run(selector, { runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => ({
        rule: id,
        help,
        targets: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
      }));
    },
    { asked, within },
  );
}

/** What of axe-core is used in the page. */
interface Axe {
  run(
    within: string,
    options: Asked & { readonly resultTypes: readonly ['violations'] },
  ): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
    }[];
  }>;
}
