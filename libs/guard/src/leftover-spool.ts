import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ackSchema = z.object({ acknowledged: z.int().min(0), events: z.int().min(0) });

/** A line of the spool that says how far the control plane has taken it: batches, and events of this file. */
export function ackLine(acknowledged: number, events: number): string {
  return JSON.stringify({ acknowledged, events });
}

/** What an earlier boot left behind. */
export interface Leftover {
  readonly boot: string;
  /** Its last batch that the control plane said is durable. */
  readonly durable: number;
  /** Event texts it recorded and nobody confirmed, oldest first. */
  readonly events: readonly string[];
}

/** Reads the spools of earlier boots. A line that was cut by a crash ends its spool; what stands before it counts. */
export function readLeftovers(folder: string): Leftover[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => ({ boot: name.slice(0, -'.jsonl'.length), ...readSpool(readFileSync(join(folder, name), 'utf8')) }));
}

/** Removes the spools of earlier boots, once what was in them is safe elsewhere. */
export function removeLeftovers(folder: string, leftovers: readonly Leftover[]): void {
  for (const { boot } of leftovers) rmSync(join(folder, `${boot}.jsonl`), { force: true });
}

function readSpool(text: string): Omit<Leftover, 'boot'> {
  const events: string[] = [];
  let durable = 0;
  let taken = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const value = parsed(line);
    if (value === undefined) break;
    const ack = ackSchema.safeParse(value);
    if (ack.success) ({ acknowledged: durable, events: taken } = ack.data);
    else events.push(line);
  }
  return { durable, events: events.slice(taken) };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
