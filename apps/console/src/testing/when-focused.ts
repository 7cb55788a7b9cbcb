import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until keys go to `field`: a dialog shows a field a moment before it focuses it, and keys in between are lost. */
export async function whenFocused(field: Locator): Promise<void> {
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
}
