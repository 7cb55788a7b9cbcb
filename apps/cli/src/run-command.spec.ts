import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopRequestSchema } from '@portcullis/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

interface Seen {
  readonly authorization: string | undefined;
  readonly body: unknown;
}
type Reply = (seen: Seen, count: number) => { readonly status: number; readonly body: object } | 'hang up';

describe('portcullis', () => {
  let home: string;
  let lane: Server;
  let url: string;
  let seen: Seen[];
  let reply: Reply;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += String(part);
    seen.push({
      authorization: request.headers.authorization,
      body: text === '' ? request.url : (JSON.parse(text) as unknown),
    });
    const said = reply(seen.at(-1) ?? { authorization: undefined, body: undefined }, seen.length);
    if (said === 'hang up') return void request.socket.destroy();
    response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
  }

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
    seen = [];
    reply = ({ body }) => ({
      status: 200,
      body: { engagement: stopRequestSchema.parse(body).engagement, revision: 12 },
    });
    lane = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
    await once(lane, 'listening');
    const address = lane.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    writeFileSync(join(home, 'stop-ticket'), 'ticket-from-file\n');
  });

  afterEach(() => {
    lane.close();
    rmSync(home, { recursive: true, force: true });
  });

  async function portcullis(words: string, environment: Record<string, string> = {}) {
    const said = { out: [] as string[], error: [] as string[] };
    const exit = await runCommand(words.split(' ').filter(Boolean), {
      environment: { PORTCULLIS_DATA: home, ...environment },
      folder: home,
      out: (line) => said.out.push(line),
      error: (line) => said.error.push(line),
    });
    return { exit, out: said.out.join('\n'), error: said.error.join('\n') };
  }

  function writeRun(lane: string): void {
    const urls = { console: url, guards: url, lane, demo: null, claim: null };
    writeFileSync(
      join(home, 'run.json'),
      JSON.stringify({ pid: process.pid, pids: { api: process.pid, postgres: null }, readyMs: 1, urls, revision: 3 }),
    );
  }

  describe('kill', () => {
    it('sends scope, id, reason and an engagement id with the ticket, and tells the revision', async () => {
      const { exit, out, error } = await portcullis(`kill agent cs-prod --reason=runaway --url ${url}`);
      expect([exit, error]).toEqual([0, '']);
      expect(out).toMatch(/^Stopped agent cs-prod at revision 12 \(engagement [0-9a-f-]{36}\)\.$/);
      expect(seen).toEqual([
        {
          authorization: 'Bearer ticket-from-file',
          body: {
            scope: 'agent',
            id: 'cs-prod',
            reason: 'runaway',
            engagement: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
          },
        },
      ]);
    });

    it('finds the lane of the running installation by itself', async () => {
      writeRun(url);
      expect(await portcullis('kill everything')).toMatchObject({ exit: 0 });
      expect(seen[0]?.body).toMatchObject({ scope: 'everything', id: '' });
    });

    it('takes the token of the environment before the ticket in the data folder', async () => {
      await portcullis(`kill agent cs-prod --url ${url}`, { PORTCULLIS_TOKEN: 'mine' });
      expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer mine']);
    });

    it('takes the token of .env, and of the environment before it', async () => {
      writeFileSync(join(home, '.env'), 'PORTCULLIS_TOKEN=from-dotenv\n');
      await portcullis(`kill agent cs-prod --url ${url}`);
      await portcullis(`kill agent cs-prod --url ${url}`, { PORTCULLIS_TOKEN: 'mine' });
      expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer from-dotenv', 'Bearer mine']);
    });

    it('repeats one engagement while nobody answers or the lane cannot record it', async () => {
      const good = reply;
      reply = (what, count) =>
        count === 1
          ? 'hang up'
          : count === 2
            ? { status: 503, body: { code: 'not_stopped', detail: 'try again' } }
            : good(what, count);
      expect(await portcullis(`kill agent cs-prod --url ${url}`)).toMatchObject({ exit: 0 });
      expect(seen).toHaveLength(3);
      expect(new Set(seen.map(({ body }) => stopRequestSchema.parse(body).engagement)).size).toBe(1);
    });

    it('says NOT STOPPED and exits 3 when nobody ever answers', async () => {
      reply = () => 'hang up';
      const { exit, out, error } = await portcullis(`kill agent cs-prod --url ${url}`);
      expect([exit, out]).toEqual([3, '']);
      expect(error).toMatch(/^NOT STOPPED: the kill lane at http:\/\/127\.0\.0\.1:\d+ did not answer/);
      expect(error).not.toContain('ticket-from-file');
    });

    it.each([
      [401, 'stop_ticket_refused'],
      [400, 'input_invalid'],
      [503, 'not_stopped'],
    ])('says NOT STOPPED and exits 1 on HTTP %i', async (status, code) => {
      reply = () => ({ status, body: { code, detail: 'do this' } });
      expect(await portcullis(`kill agent cs-prod --url ${url}`)).toEqual({
        exit: 1,
        out: '',
        error: `NOT STOPPED: ${code}; do this`,
      });
      expect(await portcullis(`kill agent cs-prod --json --url ${url}`)).toMatchObject({
        exit: 1,
        out: expect.stringContaining(`"code":"${code}"`) as unknown,
      });
    });

    it('does not take an answer without a revision for a stop', async () => {
      reply = () => ({ status: 200, body: { ok: true } });
      expect(await portcullis(`kill agent cs-prod --url ${url}`)).toMatchObject({
        exit: 1,
        error: 'NOT STOPPED: http_200',
      });
    });

    it('says NOT STOPPED when there is no ticket, and asks nobody', async () => {
      rmSync(join(home, 'stop-ticket'));
      expect(await portcullis(`kill agent cs-prod --url ${url}`)).toMatchObject({
        exit: 1,
        error: expect.stringMatching(/^NOT STOPPED: no stop ticket; /) as unknown,
      });
      expect(seen).toEqual([]);
    });

    it('prints one JSON object with --json', async () => {
      const { out } = await portcullis(`kill user cs-prod ada --json --url ${url}`);
      expect(JSON.parse(out)).toMatchObject({ stopped: true, revision: 12 });
      expect(seen[0]?.body).toMatchObject({ scope: 'user', id: 'cs-prod ada' });
    });
  });

  it.each([
    ['', /which command/],
    ['stop', /no command "stop"/],
    ['kill', /needs a scope/],
    ['kill robot x', /"robot" is not a scope/],
    ['kill agent', /needs an ID/],
    ['kill everything now', /takes no ID/],
    ['kill agent a b', /too much/],
    ['kill agent a --force', /--force/],
    ['status --reason x', /--reason belongs to kill/],
    ['status --url localhost', /--url wants an address/],
    ['doctor me', /takes no "me"/],
    ['migrate', /set DATABASE_URL/],
  ])('exits 2 with the usage for "%s", and asks nobody', async (words, message) => {
    writeRun(url);
    const { exit, out, error } = await portcullis(words);
    expect([exit, out]).toEqual([2, '']);
    expect(error).toMatch(message);
    expect(error).toContain('usage: portcullis');
    expect(seen).toEqual([]);
  });

  it('shows every command and the exit codes for --help', async () => {
    const { exit, out } = await portcullis('--help');
    expect(exit).toBe(0);
    for (const word of ['status', 'doctor', 'kill', 'migrate', '0 done, 1 refused, 2 usage, 3 unreachable'])
      expect(out).toContain(word);
  });

  describe('status', () => {
    it('is done when both answer, with the revision', async () => {
      writeRun(url);
      reply = () => ({ status: 200, body: { status: 'ok', revision: 31, checks: {} } });
      expect(await portcullis('status')).toMatchObject({
        exit: 0,
        out: expect.stringMatching(/^control plane: ready, revision 31 .*\nkill lane: ready /) as unknown,
      });
      expect(seen.map(({ body }) => body).sort()).toEqual(['/health/live', '/health/ready']);
    });

    it('is refused when it is not ready, and names what is not', async () => {
      writeRun(url);
      reply = ({ body }) => ({
        status: body === '/health/live' ? 200 : 503,
        body: { status: 'error', revision: null, checks: { database: { status: 'down' }, log: { status: 'up' } } },
      });
      expect(await portcullis('status')).toMatchObject({
        exit: 1,
        out: expect.stringContaining('control plane: not ready (database)') as unknown,
      });
    });

    it('is unreachable when one does not answer', async () => {
      writeRun(url);
      reply = () => 'hang up';
      const { exit, out } = await portcullis('status --json');
      expect(exit).toBe(3);
      expect(JSON.parse(out)).toMatchObject({ parts: [{ state: 'unreachable' }, { state: 'unreachable' }] });
    });
  });

  describe('doctor', () => {
    it('names each check, and a remedy for each trouble', async () => {
      writeRun(url);
      rmSync(join(home, 'stop-ticket'));
      const { port } = new URL(url);
      const ports = { PORTCULLIS_PORT: port, PORTCULLIS_GUARD_PORT: port, PORTCULLIS_KILL_PORT: port };
      const { exit, out } = await portcullis('doctor --json', {
        ...ports,
        DATABASE_URL: `${url.replace('http', 'postgres')}/app`,
      });
      expect(exit).toBe(1);
      const { findings } = JSON.parse(out) as { findings: { check: string; verdict: string; remedy?: string }[] };
      expect(findings.map(({ check, verdict }) => `${check}: ${verdict}`)).toEqual([
        'node: fine',
        'data folder: fine',
        'database: trouble',
        'processes: fine',
        'ports: fine',
        'stop ticket: trouble',
      ]);
      expect(findings.filter(({ verdict, remedy }) => verdict !== 'fine' && !remedy)).toEqual([]);
    });
  });
});
