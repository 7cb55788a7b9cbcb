import { PassThrough } from 'node:stream';
import { join } from 'node:path';
import { feedCloseCodes } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { loadFeedSigner } from '../keys/feed-signer.js';
import { testInstall } from '../testing/test-install.js';
import { silentLog } from '../testing/test-link.js';
import { until } from '../testing/until.js';
import { addAgent, addServer, assign, change } from '../testing/world.js';
import { Broadcast } from './broadcast.js';
import { FeedLine } from './feed-line.js';
import { Frames } from './frames.js';
import { HeadMark } from './head-mark.js';
import { LogFollower } from './log-follower.js';
import { ServedAgents } from './served-lately.js';

const install = testInstall();
let follower: LogFollower;
let broadcast: Broadcast;
const served = new ServedAgents();
const written: string[] = [];
const closed: number[] = [];

function addLine(guard: string): FeedLine {
  const stream = new PassThrough({ highWaterMark: 1 });
  stream.on('data', () => written.push(guard));
  const socket = { readyState: 1, OPEN: 1, close: (code: number) => closed.push(code) } as unknown as WebSocket;
  const line = new FeedLine({ guard, boot: 'b', slice: 'desk', operation: '1' }, socket, stream);
  broadcast.add(line);
  return line;
}
const rename = async (name: string) => {
  written.length = 0;
  const head = await change(install.pool, ({ append }) => append('agent', 'cs-prod', { name }));
  await follower.refresh();
  return head;
};

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  await addAgent(install.pool, 'cs-prod');
  await assign(install.pool, 'x1', 'cs-prod', 'support', 'prod');
  const signer = await loadFeedSigner(install.pool, install.kek);
  follower = new LogFollower(install.pool, new HeadMark(join(install.data, 'head'), signer, silentLog));
  broadcast = new Broadcast(follower, new Frames(follower, signer), served, silentLog, 0.2);
  follower.onNews = (news) => broadcast.announce(news);
  await follower.refresh();
});

describe('P-D5 the broadcast', () => {
  it('brings every line to the head, and after a reduction the guards that serve the agent now come first', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => addLine(`g${index}`));
    await until('all lines at the head', () => lines.every((line) => line.position === follower.views.head));
    served.served('cs-prod', 'g399');
    served.served('cs-prod', 'g211');
    written.length = 0;
    const head = await change(install.pool, ({ append }) => append('agent-status', 'cs-prod', { status: 'suspended' }));
    await follower.refresh();
    await until('all lines at the head', () => lines.every((line) => line.position === head) && written.length === 400);
    expect(written.slice(0, 2).sort()).toEqual(['g211', 'g399']);
    expect(new Set(written).size).toBe(400);
    await rename('not a reduction');
    await until('all lines once more', () => written.length === 400);
    expect(written.slice(0, 2).sort()).not.toEqual(['g211', 'g399']);
    for (const line of lines) broadcast.remove(line);
  });

  it('visits every line though heads follow each other and lines come and go meanwhile', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => addLine(`h${index}`));
    for (let i = 0; i < 5; i++) {
      await rename(`quick ${i}`);
      const gone = lines.splice(i * 7, 3);
      for (const line of gone) broadcast.remove(line);
      lines.push(addLine(`new${i}`));
    }
    await until('all lines at the head', () => lines.every((line) => line.position === follower.views.head));
    expect(broadcast.size).toBe(lines.length);
    for (const line of lines) broadcast.remove(line);
  });

  it('P-C7 gives way to other work before a long round is over', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => addLine(`y${index}`));
    await until('all lines at the head', () => lines.every((line) => line.position === follower.views.head));
    const head = await change(install.pool, ({ append }) => append('agent', 'cs-prod', { name: 'a long round' }));
    let doneWhenAsked = -1;
    const { onNews } = follower;
    follower.onNews = (news) => {
      onNews(news);
      setImmediate(() => (doneWhenAsked = lines.filter((line) => line.position === head).length));
    };
    await follower.refresh();
    follower.onNews = onNews;
    await until('all lines at the head', () => lines.every((line) => line.position === head));
    expect(doneWhenAsked).toBeGreaterThan(0);
    expect(doneWhenAsked).toBeLessThan(2000);
    for (const line of lines) broadcast.remove(line);
  });

  it('cuts an evicted guard at the next delivery and writes nothing to it', async () => {
    await install.pool.query(
      `insert into guard (id, server_id, public_jwk, evicted_at) values ('gone', 'desk', '{}', now())`,
    );
    await follower.refresh();
    addLine('gone');
    await until('a close', () => closed.at(-1) === feedCloseCodes.forbidden);
    expect(written).not.toContain('gone');
  });
});
