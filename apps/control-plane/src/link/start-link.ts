import { join } from 'node:path';
import type pg from 'pg';
import { ChangeWake } from '../change-log/change-wake.js';
import { loadFeedSigner } from '../keys/feed-signer.js';
import { readKek } from '../keys/kek.js';
import type { Config } from '../platform/config.js';
import { openPool } from '../platform/database.js';
import { closeListener, createListener, listen } from '../platform/listener.js';
import type { Log } from '../platform/log.js';
import type { Running } from '../platform/process.js';
import { StartRefusal } from '../platform/start-refusal.js';
import { Broadcast } from './broadcast.js';
import { enrol } from './enrol.js';
import { serveFeed } from './feed-server.js';
import { Frames } from './frames.js';
import { GuardDirectory } from './guard-directory.js';
import { HeadMark } from './head-mark.js';
import { LiveBoots } from './live-boots.js';
import { LogFollower } from './log-follower.js';
import { Nonces } from './nonces.js';
import { Presence } from './presence.js';
import { reportService } from './report-service.js';
import { linkRoutes } from './routes.js';
import { ServedAgents } from './served-lately.js';

export type LinkConfig = Pick<Config, 'databaseUrl' | 'listenUrl' | 'kekFile' | 'data' | 'host' | 'tls' | 'lease'> & {
  readonly ports: Pick<Config['ports'], 'guard'>;
};

/** The guards' listener: feed, enrolment and reports. */
export async function startLink(config: LinkConfig, log: Log): Promise<Running> {
  // The reader has connections of its own, so that a flood of reports cannot hold up a head.
  const readers = openPool(config.databaseUrl, 2, 'feed');
  const writers = openPool(config.databaseUrl, 4, 'reports');
  try {
    return await serve(config, readers, writers, log);
  } catch (error) {
    await Promise.all([readers.end(), writers.end()]);
    throw error;
  }
}

async function serve(config: LinkConfig, readers: pg.Pool, writers: pg.Pool, log: Log): Promise<Running> {
  const kek = readKek(config.kekFile);
  const signer = await loadFeedSigner(readers, kek);
  const mark = new HeadMark(join(config.data, 'head'), signer, log);
  const follower = new LogFollower(readers, mark);
  const [served, directory, boots, presence] = [
    new ServedAgents(),
    new GuardDirectory(writers),
    new LiveBoots(),
    new Presence(writers, log),
  ];
  const broadcast = new Broadcast(follower, new Frames(follower, signer), served, log);
  follower.onNews = (news) => broadcast.announce(news);
  await follower.refresh();

  const report = reportService({ pool: writers, signer, directory, boots, served, terms: config.lease, kek, log });
  const server = createListener(config, linkRoutes({ enrol: (body) => enrol(writers, body, log), report }, log));
  const hello = {
    directory,
    clock: follower.clock,
    nonces: new Nonces(),
    isEvicted: (guard: string) => follower.isEvicted(guard),
  };
  const feed = serveFeed(server, { follower, broadcast, hello, boots, presence, log });
  const port = await listen(server, config.ports.guard, config.host, 'PORTCULLIS_GUARD_PORT');
  // Only once the port is ours: a link that cannot start must not forget who is connected to the one that runs.
  await presence.reset();
  const wake = new ChangeWake(config.listenUrl, () => wakeUp(follower, log), log);
  await wake.start();
  const stop = async () => {
    await wake.stop();
    feed.stop();
    await closeListener(server);
    await presence.flush();
    await mark.settled();
    await Promise.all([readers.end(), writers.end()]);
  };
  return { ready: { port, revision: follower.views.head }, stop };
}

/** A change log that went back ends the process; a database that is away does not: guards close by their leases. */
function wakeUp(follower: LogFollower, log: Log): void {
  follower.refresh().catch((error: unknown) => {
    if (error instanceof StartRefusal) throw error;
    log.error({ err: error }, 'the change log could not be read');
  });
}
