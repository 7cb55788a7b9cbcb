import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../run-command.js';
import type { Snapshot } from './snapshot.js';

const grant = {
  ...{ id: 'refunds', role: 'support', environment: 'prod', toolId: 'desk/refund', toolClass: null, task: 'execute' },
  ...{ constraints: [{ path: 'amount', value: 100, kind: 'max' }], obligations: [] },
  ...{ notBefore: null, notAfter: 1_780_000_000_000, staleSeconds: 0 },
};
const inForce: Snapshot = {
  revision: 41,
  environments: [{ id: 'prod', name: 'Production' }],
  roles: [{ id: 'support', name: 'Support' }],
  servers: ['desk'],
  tools: [
    { id: 'desk/refund', server: 'desk', name: 'refund', classes: ['payments'] },
    { id: 'desk/purge', server: 'desk', name: 'purge', classes: [] },
  ],
  grants: [grant],
  policies: [],
};
interface Asked {
  readonly query: string;
  readonly variables: { input?: { edits: { kind: string; id: string; value: unknown }[]; basedOn?: number } };
}
type Reply = (asked: Asked) => object;
const data = (value: object) => ({ data: value });

describe('portcullis policy', () => {
  let home: string;
  let api: Server;
  let url: string;
  let asked: Asked[];
  let reply: Reply;
  let authorization: string | undefined;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-policy-'));
    asked = [];
    reply = ({ query }) =>
      query.includes('policySnapshot')
        ? data({ policySnapshot: inForce })
        : query.includes('planPolicy')
          ? data({ planPolicy: { revision: 41, counts: [], differences: [], policies: [], cannotKnow: [] } })
          : data({ applyPolicy: { changes: 1, revision: 42 } });
    api = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        authorization = request.headers.authorization;
        const question = JSON.parse(text) as Asked;
        asked.push(question);
        response.setHeader('content-type', 'application/json').end(JSON.stringify(reply(question)));
      });
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const address = api.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  afterEach(() => {
    api.close();
    rmSync(home, { recursive: true, force: true });
  });

  async function policy(words: string, token = `pct_${'A'.repeat(43)}`) {
    const said = { out: [] as string[], error: [] as string[] };
    const exit = await runCommand(['policy', ...words.split(' '), '--url', url], {
      environment: { PORTCULLIS_DATA: home, PORTCULLIS_TOKEN: token },
      folder: home,
      out: (line) => said.out.push(line),
      error: (line) => said.error.push(line),
    });
    return { exit, out: said.out.join('\n'), error: said.error.join('\n') };
  }
  const file = (name: string) => join(home, 'policy', name);
  const put = (name: string, text: string | Buffer) => {
    mkdirSync(join(file(name), '..'), { recursive: true });
    writeFileSync(file(name), text);
  };
  const edits = () => asked.at(-1)?.variables.input?.edits;

  it('exports readable files, the same each time, and plans nothing of what was just exported', async () => {
    expect(await policy('export policy')).toMatchObject({ exit: 0, out: 'Wrote 5 files as of revision 41.' });
    expect(authorization).toBe(`Bearer pct_${'A'.repeat(43)}`);
    const text = readFileSync(file('grants/prod.yaml'), 'utf8');
    expect(text).toBe(
      'environment: prod\ngrants:\n  - id: refunds\n    role: support\n    tool: desk/refund\n    task: execute\n    constraints:\n      - kind: max\n        path: amount\n        value: 100\n    until: 2026-05-28T20:26:40.000Z\n',
    );
    expect(readFileSync(file('tools/desk.yaml'), 'utf8')).toBe(
      'server: desk\ntools:\n  - name: purge\n    classes: []\n  - name: refund\n    classes:\n      - payments\n',
    );
    await policy('export policy');
    expect(readFileSync(file('grants/prod.yaml'), 'utf8')).toBe(text);
    expect(await policy('plan policy')).toMatchObject({
      exit: 0,
      out: 'Nothing to do: the files say what is in force (revision 41).',
    });
    expect(edits()).toEqual([]);
  });

  it('sends what differs, keeps names, and revokes what an environment’s file no longer names', async () => {
    await policy('export policy');
    put(
      'grants/prod.yaml',
      'environment: prod\ngrants:\n  - id: new\n    role: support\n    class: read\n    task: lookup\n',
    );
    put('roles.yaml', 'roles:\n  - id: support\n    name: Desk\n');
    const { exit, out } = await policy('apply policy');
    expect(exit).toBe(0);
    expect(out).toContain('Plan at revision 41: 1 to create, 1 to change, 1 to revoke.');
    expect(out).toContain('  + grant new  (grants/prod.yaml:3)');
    expect(out).toContain('Applied at revision 42.');
    expect(asked.at(-1)?.variables.input?.basedOn).toBe(41);
    expect(edits()?.map(({ kind, id, value }) => [kind, id, value === null])).toEqual([
      ['grant', 'new', false],
      ['role', 'support', false],
      ['grant', 'refunds', true],
    ]);
  });

  it('leaves alone what no file speaks of, and says so', async () => {
    put('roles.yaml', 'roles: []\n');
    const { out } = await policy('plan policy');
    expect(edits()).toEqual([]);
    expect(out).toContain('note: role support is in no file and stays');
    expect(out).toContain('note: the grants of prod are in no file and stay');
  });

  it('says what the control plane refused at the line it came from', async () => {
    await policy('export policy');
    put('grants/prod.yaml', readFileSync(file('grants/prod.yaml'), 'utf8').replace('value: 100', 'value: x'));
    reply = ({ query }) =>
      query.includes('policySnapshot')
        ? data({ policySnapshot: inForce })
        : {
            errors: [
              {
                message: 'edits.0.value.constraints.0.value: write a number',
                extensions: {
                  code: 'input_invalid',
                  details: { fields: [{ path: 'edits.0.value.constraints.0.value', message: 'write a number' }] },
                },
              },
            ],
          };
    expect(await policy('plan policy')).toMatchObject({
      exit: 1,
      error: 'portcullis: input_invalid: grants/prod.yaml:10: grant refunds constraints.0.value: write a number',
    });
    const json = JSON.parse((await policy('plan policy --json')).out) as object;
    expect(json).toMatchObject({ code: 'input_invalid', problems: [{ file: 'grants/prod.yaml', line: 10 }] });
  });

  const one = (line: string) => `environment: prod\ngrants:\n  - ${line}\n`;
  const good = 'id: a\n    role: support\n    class: read\n    task: lookup';
  it.each([
    ['an alias', one(`${good}\n    constraints: [&x { kind: max }, *x]`), 'grants/prod.yaml:7: anchors are not read'],
    ['a key twice', one(`${good}\n    role: other`), 'grants/prod.yaml:7: '],
    ['a tag', one(`${good}\n    constraints: [!!js/function x]`), 'grants/prod.yaml:7: '],
    ['an unknown field', one(`${good}\n    rolle: x`), 'grants/prod.yaml:7: grants.0: there is no field rolle here'],
    ['a task that is none', one(good.replace('lookup', 'look')), 'grants/prod.yaml:6: grants.0.task: use lookup'],
    ['a moment that is none', one(`${good}\n    from: tomorrow`), 'grants/prod.yaml:7: grants.0.from: write a moment'],
    ['a name twice', one(`${good}\n  - ${good}`), 'grants/prod.yaml:7: grant a: stands in grants/prod.yaml:3 already'],
    ['another environment than its name', one(good).replace('prod', 'lab'), 'grants/prod.yaml:1: environment: is lab'],
    ['text that is no YAML', 'environment: [', 'grants/prod.yaml:'],
    ['two documents', `${one(good)}---\n${one(good)}`, 'grants/prod.yaml:'],
    ['a list where there is none', 'environment: prod\ngrants: x\n', 'grants/prod.yaml:2: grants: write a list'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe]), 'grants/prod.yaml: is not UTF-8 text'],
    ['ten megabytes', Buffer.alloc(10_000_000, 'a'), 'grants/prod.yaml: is longer than 1000000 bytes'],
    ['a prototype', one(`${good}\n    __proto__: { a: 1 }`), 'grants/prod.yaml:'],
  ])('refuses %s at its line, and sends nothing', async (_what, text, problem) => {
    put('grants/prod.yaml', text);
    const began = performance.now();
    const { exit, error } = await policy('apply policy');
    expect([exit, asked]).toEqual([1, []]);
    expect(error).toContain(`portcullis: input_invalid: ${problem}`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('refuses files it does not read, an empty folder and none, and more than 500 changes', async () => {
    expect((await policy('plan policy')).error).toContain('the folder cannot be read (ENOENT)');
    put('readme.txt', 'x');
    expect((await policy('plan policy')).error).toContain('there is no policy in this folder');
    put('grants/prod.yml', one(good));
    expect((await policy('plan policy')).error).toContain('grants/prod.yml: no such file is read');
    rmSync(file('grants/prod.yml'));
    const many = Array.from({ length: 501 }, (_, n) => `  - ${good.replace('id: a', `id: a${n}`)}\n`).join('');
    put('grants/prod.yaml', `environment: prod\ngrants:\n${many}`);
    const { exit, error } = await policy('apply policy');
    expect([exit, error]).toEqual([1, expect.stringContaining('502 changes are more than the 500') as string]);
    expect(asked).toHaveLength(1);
  });

  it('needs an API token, tells a wrong word from a refusal, and says when nobody answers', async () => {
    expect(await policy('plan policy', 'stop-ticket')).toMatchObject({
      exit: 1,
      error: expect.stringContaining('PORTCULLIS_TOKEN') as string,
    });
    for (const words of [
      '',
      'push policy',
      'plan',
      'plan a b',
      'plan policy --based-on 3',
      'apply policy --based-on x',
    ])
      expect((await policy(words)).exit).toBe(2);
    put('roles.yaml', 'roles: []\n');
    api.close();
    api.closeAllConnections();
    expect(await policy('plan policy')).toMatchObject({ exit: 3 });
  });
});
