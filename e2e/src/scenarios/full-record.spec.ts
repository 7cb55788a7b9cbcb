import { afterAll, beforeAll, expect } from 'vitest';
import { fullRecordLimits } from '@portcullis/contracts';
import { waitFor } from '@portcullis/testkit';
import type { Client as Database } from 'pg';
import { promise } from '../promise.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { documents, startLibrary, type Library } from '../stack/library.js';
import { inDatabase } from '../stack/in-database.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { secondAdmin } from '../stack/second-admin.js';

let world: DemoWorld;
let library: Library;
beforeAll(async () => {
  world = await startDemoWorld();
  library = await startLibrary(world, [
    { kind: 'audit', level: 'full' },
    { kind: 'fields', drop: ['documents.*.reviewer'] },
    { kind: 'label', trust: 'untrusted', secrecy: 'internal' },
  ]);
});
afterAll(async () => {
  await library.close();
  await world.close();
});

const asked = { query: 'project ASKED-5e21' };
/** What the tool returns and the grant drops; what may be kept, and only sealed. */
const [dropped, sealed] = ['rui@example.com', ['ASKED-5e21', 'Page the lead.']];

interface Told {
  readonly position: number;
  readonly tool: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly auditLevel: string | null;
  readonly withheld: string | null;
  readonly labels: object | null;
}
interface Side {
  readonly text: string | null;
  readonly isAsReported: boolean;
}
interface Opened {
  readonly openFullRecord: { readonly record: { readonly arguments: Side | null; readonly result: Side | null } };
}

const opening = `mutation ($position: Float!) { openFullRecord(position: $position) {
  revision record { arguments { text isAsReported } result { text isAsReported } readings { name } } } }`;

async function decisions(): Promise<readonly Told[]> {
  const { recentDecisions } = await world.admin.get<{ recentDecisions: Told[] }>(
    '{ recentDecisions { position tool outcome reason auditLevel withheld labels { trust secrecy } } }',
  );
  return recentDecisions.filter(({ tool }) => tool === 'search');
}

/** The tables in which a text stands somewhere, plain, in hex or in base64. */
async function tablesWith(client: Database, text: string): Promise<readonly string[]> {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const forms = [text, bytes.toString('hex'), ...base64].map((form) => `%${form}%`);
  const tables = await client.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const { rowCount } = await client.query(`select 1 from ${name} t where t::text like any($1) limit 1`, [forms]);
    if (rowCount) found.push(name);
  }
  return found;
}

promise(
  'R-AUDIT-1',
  'an auditor reads the arguments and the filtered result as the agent had them, another admin is refused, and what was dropped is nowhere',
  async () => {
    const agent = await library.connect();
    const got = await callTool(agent, 'search', asked);
    expect(got.structuredContent).toMatchObject({ documents: documents.map(({ id }) => ({ id })) });
    const told = await waitFor(async () => (await decisions()).find(({ withheld }) => withheld !== null), {
      what: 'the outcome of the call',
      withinMs: 15_000,
    });
    expect(told).toMatchObject({
      ...{ outcome: 'allow', auditLevel: 'full', labels: { trust: 'untrusted', secrecy: 'internal' } },
      withheld: expect.stringContaining('could not be filtered') as string,
    });

    const { position } = told;
    const read = () => world.admin.get<Opened>(opening, { position });
    const { record } = (
      await waitFor(
        async () => {
          const opened = await read();
          return opened.openFullRecord.record.result && opened;
        },
        { what: 'the record of the call', withinMs: 15_000 },
      )
    ).openFullRecord;

    expect(record.arguments).toEqual({ text: JSON.stringify(asked), isAsReported: true });
    expect(JSON.parse(record.result?.text ?? '')).toEqual(got);
    expect(record.result?.isAsReported).toBe(true);
    expect(JSON.stringify(record)).not.toContain(dropped);

    const other = await secondAdmin(world, 'records:read');
    const readings = (client: Database) => client.query('select id from full_record_reading order by id');
    const before = (await inDatabase(world, readings)).rows;
    const refused = await other.ask<Opened>(opening, { position });
    expect([refused.data, refused.errors[0]?.extensions.code]).toEqual([null, 'forbidden']);
    expect((await inDatabase(world, readings)).rows).toEqual(before);

    await inDatabase(world, async (client) => {
      expect(await tablesWith(client, 'docs-agent')).toContain('decision');
      for (const text of [dropped, ...sealed]) expect(await tablesWith(client, text)).toEqual([]);
    });
  },
);

promise('R-AUDIT-1', 'a call whose arguments are too large to be recorded does not run', async () => {
  const agent = await library.connect();

  const denied = await callTool(agent, 'search', { query: 'x'.repeat(fullRecordLimits.side) });

  expect(denialOf(denied)).toMatchObject({ outcome: 'deny', reason: 'record_unavailable' });
  const told = await waitFor(async () => (await decisions()).find(({ outcome }) => outcome === 'deny'), {
    what: 'the refusal in the record',
    withinMs: 15_000,
  });
  expect(told).toMatchObject({ reason: 'record_unavailable' });
});
