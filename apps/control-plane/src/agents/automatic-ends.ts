import type { Pool } from 'pg';
import { endAssignments } from '../assignments/end-assignments.js';
import { closeTainted } from '../conversations/close-tainted.js';
import { endOverlaps } from '../credentials/end-overlaps.js';
import { advanceSigningKeys } from '../keys/advance-signing-keys.js';
import { readKek } from '../keys/kek.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { leaveFeed } from './leave-feed.js';
import { OneReplica } from './one-replica.js';
import { warnOfRotations } from './warn-of-rotations.js';

const everyMs = 1000;
const warnEvery = 10;

/** Each makes at most one revision at a time: four a second is what automatic appends may take (B5). */
const ends = [endOverlaps, endAssignments, closeTainted, leaveFeed] as const;

type Task = () => Promise<unknown>;

function tasksOf(pool: Pool, log: Log, config: Config): (round: number) => readonly Task[] {
  const { limits, kekFile, publicUrl: issuer } = config;
  const keys = async () => {
    const { signing, withdrawn } = await advanceSigningKeys(pool, { kek: readKek(kekFile), issuer }, limits);
    if (signing !== undefined) log.info({ kid: signing }, 'a token key signs from now on');
    for (const kid of withdrawn) log.info({ kid }, 'a token key verifies nothing any more and is withdrawn');
  };
  const often = [...ends.map((end) => () => end(pool, limits)), keys];
  return (round) => (round % warnEvery === 0 ? [...often, () => warnOfRotations(pool, log)] : often);
}

/** Carries out what has ended by itself. Gives the way to stop. */
export function startAutomaticEnds(pool: Pool, log: Log, config: Config): () => Promise<void> {
  const one = new OneReplica(config.listenUrl, log);
  const tasks = tasksOf(pool, log, config);
  const failed = (error: unknown) =>
    log.warn({ err: error }, 'what has ended by itself could not be recorded; guards refuse it all the same');
  let running: Promise<void> | undefined;
  let round = 0;
  const run = async () => {
    if (!(await one.isThis())) return;
    // One that fails must not hold up the others.
    for (const task of tasks(round++)) await task().catch(failed);
  };
  const timer = setInterval(() => {
    running ??= run()
      .catch(failed)
      .finally(() => (running = undefined));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
    await one.stop();
  };
}
