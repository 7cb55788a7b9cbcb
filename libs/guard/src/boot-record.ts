import { randomUUID } from 'node:crypto';
import type { Report } from '@portcullis/contracts';
import { z } from 'zod';
import type { Leftover } from './leftover-spool.js';
import type { StateFolder } from './state-folder.js';

const fileName = 'boot.json';
const bootSchema = z.object({ boot: z.uuid() });

/** One life of this process. */
export interface Boot {
  readonly id: string;
  /** The life before it, if there was one. */
  readonly before: string | undefined;
}

/** Begins a new boot and keeps its id, so that the next one can name it. */
export function beginBoot(folder: StateFolder): Boot {
  const before = folder.readJson(fileName, bootSchema)?.boot;
  const id = randomUUID();
  folder.write(fileName, JSON.stringify({ boot: id }));
  return { id, before };
}

/** What the first report says about the boot before (protocol E9): `unknown`, which is shown as a loss, when its spool is gone. */
export function previousBoot({ before }: Boot, leftovers: readonly Leftover[]): Report['previousBoot'] {
  if (before === undefined) return null;
  const leftover = leftovers.find(({ boot }) => boot === before);
  return leftover ? { boot: before, durable: leftover.durable } : 'unknown';
}
