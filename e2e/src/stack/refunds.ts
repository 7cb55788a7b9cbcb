import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from './installation.js';

/** What the demo's tool really did: its own record of refunds, one line each. */
export async function refundsDone(installation: Installation): Promise<string[]> {
  const text = await readFile(join(installation.data, 'demo-refunds.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}
