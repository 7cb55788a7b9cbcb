import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { promise } from '../promise.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { documents, startLibrary, type Library } from '../stack/library.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';

let world: DemoWorld;
let library: Library;
beforeAll(async () => {
  world = await startDemoWorld();
  library = await startLibrary(world, [
    {
      kind: 'items',
      path: 'documents',
      where: [{ kind: 'one-of', path: 'classification', values: ['public', 'internal'] }],
    },
    { kind: 'fields', drop: ['documents.*.reviewer'] },
    { kind: 'label', secrecy: 'internal' },
  ]);
});
afterAll(async () => {
  await library.close();
  await world.close();
});

/** Everything that only the confidential report says, and what no document may say of its reviewer. */
const unseen = /Nightfall|Lisbon|D-3|confidential|rui@example\.com|Rui/;

promise(
  'R-RESULT-1',
  'the documentation agent finds what it may read, and never the confidential report: not as data, text, link or log',
  async () => {
    const agent = await library.connect();
    const heard: unknown[] = [];
    agent.setNotificationHandler(LoggingMessageNotificationSchema, (message) => void heard.push(message));
    const { tools } = await agent.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search', 'summary']);

    const found = await callTool(agent, 'search', { query: 'project' });

    const readable = documents
      .slice(0, 2)
      .map(({ id, title, classification, body }) => ({ id, title, classification, body }));
    expect(found.isError).toBeUndefined();
    expect(found.structuredContent).toEqual({ documents: readable });
    const texts = found.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    expect(JSON.parse(texts[0] ?? '')).toEqual({ documents: readable });
    expect(texts.slice(1, 3).map((text) => JSON.parse(text) as unknown)).toEqual(readable);
    expect(found.content.map(({ type }) => type)).not.toContain('resource_link');
    expect(found._meta).toEqual({ 'portcullis.dev/labels': { secrecy: 'internal' } });
    expect(`${JSON.stringify(found)} ${JSON.stringify(heard)}`).not.toMatch(unseen);
  },
);

promise(
  'R-RESULT-2',
  'words that nobody can filter are withheld: the call ran, and its decision says that it was allowed',
  async () => {
    const agent = await library.connect();

    const said = await callTool(agent, 'summary');

    expect(JSON.stringify(said)).not.toMatch(unseen);
    expect(said.content).toEqual([{ type: 'text', text: expect.stringContaining('withheld by Portcullis') as string }]);
    expect(denialOf(said)).toBeUndefined();
    const allowed = await waitFor(
      async () => {
        const { recentDecisions } = await world.admin.get<{
          recentDecisions: { tool: string; outcome: string; result: string | null }[];
        }>('{ recentDecisions { tool outcome result } }');
        return recentDecisions.find(({ tool, result }) => tool === 'summary' && result !== null);
      },
      { what: 'the outcome of the call in the console', withinMs: 15_000 },
    );
    expect(allowed).toMatchObject({ outcome: 'allow', result: 'ok' });
  },
);
