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
 * all: a planted line of low contrast must be reported, otherwise this throws.
 */
export async function axeViolations(page: Page): Promise<readonly AxeViolation[]> {
  await assertDrawn(page);
  await proveThatAxeSees(page);
  return run(new AxeBuilder({ page }).withTags(tags));
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
  const found = await run(new AxeBuilder({ page }).include(`#${plantedId}`).withRules(['color-contrast']));
  await page.evaluate((id) => document.getElementById(id)?.remove(), plantedId);
  if (found.length === 0)
    throw new Error('axe did not report the planted low-contrast line: its other answers mean nothing');
}

async function run(builder: AxeBuilder): Promise<readonly AxeViolation[]> {
  const { violations } = await builder.setLegacyMode().analyze();
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    targets: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }));
}
