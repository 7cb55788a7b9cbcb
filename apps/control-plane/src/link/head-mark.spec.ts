import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFeedSigner } from '../keys/feed-signer.js';
import { testInstall } from '../testing/test-install.js';
import { linkConfig, silentLog } from '../testing/test-link.js';
import { until } from '../testing/until.js';
import { addAgent } from '../testing/world.js';
import { HeadMark } from './head-mark.js';
import { startLink } from './start-link.js';

const install = testInstall();
const fileIn = () => join(mkdtempSync(join(tmpdir(), 'portcullis-head-')), 'head');
const generation = (number: number, id = `g${number}`) => ({ number, id });

describe('P-B3 the highest head that was served', () => {
  it('is kept outside the database, and a lower one is refused', async () => {
    const signer = await loadFeedSigner(install.pool, install.kek);
    const file = fileIn();
    const mark = new HeadMark(file, signer, silentLog);
    mark.raise(generation(2), 7);
    await mark.settled();
    const read = new HeadMark(file, signer, silentLog);
    for (const [which, head] of [
      [generation(2), 7],
      [generation(2), 8],
      [generation(3), 1],
    ] as const)
      expect(() => read.check(which, head)).not.toThrow();
    for (const [which, head] of [
      [generation(2), 6],
      [generation(2, 'other'), 9],
      [generation(1), 99],
    ] as const)
      expect(() => read.check(which, head)).toThrow(
        expect.objectContaining({ code: 'change_log_behind', exitCode: 4 }) as Error,
      );
  });

  it('is refused when it was changed', async () => {
    const signer = await loadFeedSigner(install.pool, install.kek);
    const file = fileIn();
    const mark = new HeadMark(file, signer, silentLog);
    mark.raise(generation(1), 7);
    await mark.settled();
    writeFileSync(file, readFileSync(file, 'utf8').replace(':7', ':1'));
    expect(() => new HeadMark(file, signer, silentLog)).toThrow(/is not signed/);
  });

  it('keeps a link from starting on a database that was put back', async () => {
    await addAgent(install.pool, 'one');
    await addAgent(install.pool, 'two');
    const head = await install.revision();
    const running = await startLink(linkConfig(install), silentLog);
    await until('the mark on disk', () => readFileSync(join(install.data, 'head'), 'utf8').includes(`:${head}`));
    await running.stop();
    await install.pool.query(`update change_counter set revision = revision - 1`);
    await expect(startLink(linkConfig(install), silentLog)).rejects.toMatchObject({
      code: 'change_log_behind',
      exitCode: 4,
    });
    await install.pool.query(`update change_counter set revision = revision + 1`);
    await (await startLink(linkConfig(install), silentLog)).stop();
  });
});
