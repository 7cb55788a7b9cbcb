import type { Pool } from 'pg';
import { endAssignments } from '../assignments/end-assignments.js';
import type { CommandLimits } from '../change-log/limits.js';
import { endOverlaps } from '../credentials/end-overlaps.js';
import type { Log } from '../platform/log.js';

/** One revision of each kind a second stays below the four that automatic appends may take (B5). */
const everyMs = 1000;

/** Carries out what has ended by itself, as changes. Gives the way to stop. */
export function startAutomaticEnds(pool: Pool, log: Log, limits: CommandLimits): () => void {
  let isRunning = false;
  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await endOverlaps(pool, limits);
      await endAssignments(pool, limits);
    } catch (error) {
      log.warn({ err: error }, 'what has ended by itself could not be recorded; guards refuse it all the same');
    } finally {
      isRunning = false;
    }
  };
  const timer = setInterval(() => void run(), everyMs).unref();
  return () => clearInterval(timer);
}
