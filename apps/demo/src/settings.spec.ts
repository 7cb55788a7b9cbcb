import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const client = { clientId: 'cs-prod', clientSecret: 's' };
const demo = {
  joinToken: 'pcj_x',
  guardUrl: 'http://localhost:4001',
  tokenUrl: 'http://localhost:4000/oauth/token',
  resource: 'http://localhost:4100/mcp',
  agents: { 'cs-prod': client, research: client },
};

const put = (content: unknown): Promise<void> => writeFile(join(data, 'demo.json'), JSON.stringify(content));
const told = (more: NodeJS.ProcessEnv = {}): Promise<unknown> =>
  readSettings({ PORTCULLIS_DATA: data, ...more }).catch((error: unknown) => error);

describe('the settings of the demo', () => {
  it('come from the demo file and the environment', async () => {
    await put(demo);
    expect(await told({ PORTCULLIS_DEMO_PORT: '5301', PORTCULLIS_DEMO_REFUND_MS: '0' })).toEqual({
      port: 5301,
      refundMs: 0,
      demo,
      guardState: join(data, 'demo-guard'),
      refundBook: join(data, 'demo-refunds.jsonl'),
    });
    expect(await told()).toMatchObject({ port: 4100, refundMs: 2000 });
  });

  it('are refused in one line that lists every problem and never a secret', async () => {
    await put({ ...demo, resource: 'nowhere', agents: { 'cs-prod': client } });
    const problem = await told({ PORTCULLIS_DEMO_PORT: '70000', PORTCULLIS_DEMO_REFUND_MS: 'x' });
    expect(problem).toMatchObject({ exitCode: 2, code: 'config_invalid' });
    expect(String(problem)).toMatch(/DEMO_PORT.*DEMO_REFUND_MS.*resource, agents\.research/);
    expect(String(problem)).not.toMatch(/pcj_x|\n/);
  });

  it('are refused when the demo world was never made', async () => {
    expect(await told()).toMatchObject({ exitCode: 2, message: expect.stringMatching(/cannot be read.*npm start/) });
  });
});
