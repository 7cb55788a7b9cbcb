import type { Pool } from 'pg';
import { endAssignments } from '../assignments/end-assignments.js';
import { closeTainted } from '../conversations/close-tainted.js';
import { endOverlaps } from '../credentials/end-overlaps.js';
import { endObservations } from '../environments/end-observations.js';
import { advanceSigningKeys } from '../keys/advance-signing-keys.js';
import { readKek } from '../keys/kek.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { pinAnnounced } from '../tools/pin-announced.js';
import { leaveFeed } from './leave-feed.js';
import { OneReplica } from './one-replica.js';
import { warnOfRotations } from './warn-of-rotations.js';

const everyMs = 1000;
const warnEvery = 10;
/** What automatic appends may take of a second (B5). */
const mostRevisions = 4;

/** Each makes at most one revision at a time, and says how much it ended. */
const ends = [endOverlaps, endAssignments, endObservations, closeTainted, leaveFeed, pinAnnounced] as const;

type Task = () => Promise<unknown>;

function tasksOf(pool: Pool, log: Log, config: Config): (round: number) => readonly Task[] {
  const { limits, kekFile, publicUrl: issuer } = config;
  const keys = async () => {
    const { signing, withdrawn } = await advanceSigningKeys(pool, { kek: readKek(kekFile), issuer }, limits);
    if (signing !== undefined) log.info({ kid: signing }, 'a token key signs from now on');
    for (const kid of withdrawn) log.info({ kid }, 'a token key verifies nothing any more and is withdrawn');
  };
  return (round) => (round % warnEvery === 0 ? [keys, () => warnOfRotations(pool, log)] : [keys]);
}

/** Another one begins each time, so that none is left out for ever when all have much to do. */
async function endWhatIsOver(pool: Pool, { limits }: Config, round: number, failed: (error: unknown) => void) {
  let revisions = 0;
  for (const index of ends.keys()) {
    if (revisions === mostRevisions) return;
    const end = ends[(index + round) % ends.length];
    // One that fails must not hold up the others.
    const ended = await end?.(pool, limits).catch(failed);
    if (ended) revisions += 1;
  }
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
    await endWhatIsOver(pool, config, round, failed);
    for (const task of tasks(round)) await task().catch(failed);
    round += 1;
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
