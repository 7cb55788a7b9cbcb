import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { changeText } from './change-text.js';

const query =
  'query ($agent: ID!, $before: Int, $first: Int! = 50) { changes(agent: $agent, before: $before, first: $first) { revision at kind object text value } }';

interface Change {
  readonly revision: number;
  readonly kind: string;
  readonly object: string;
  readonly text: string;
  readonly value: unknown;
}

describe('the changes of an agent', () => {
  const api = testApi();
  let credential: string;
  beforeAll(async () => {
    for (const id of ['bot', 'other'])
      await api.admin.get(`mutation { createAgent(input: { id: "${id}", name: "${id}" }) { revision } }`);
    const made = await api.admin.get<{ issueCredential: { credential: { id: string } } }>(
      'mutation { issueCredential(input: { agent: "bot" }) { credential { id } } }',
    );
    credential = made.issueCredential.credential.id;
    await api.admin.get('mutation { suspendAgent(id: "bot") { revision } }');
    await api.admin.get('mutation ($id: ID!) { taintCredential(id: $id) { revision } }', { id: credential });
  });

  const read = async (variables: object) =>
    (await api.admin.get<{ changes: Change[] }>(query, { agent: 'bot', ...variables })).changes;

  it('are told newest first, a sentence each, with the whole value', async () => {
    const changes = await read({});
    expect(changes.map(({ text }) => text)).toEqual([
      `Credential ${credential} is tainted.`,
      'The agent is suspended.',
      'Tokens from before this revision are dead.',
      `Credential ${credential} is active.`,
      'The agent is called bot.',
      'The agent is active.',
    ]);
    expect(changes[0]).toMatchObject({
      revision: await api.revision(),
      kind: 'credential',
      object: credential,
      value: { agent: 'bot', status: 'tainted', expiresAt: null },
    });
  });

  it('come in pages below a revision', async () => {
    const [newest] = await read({ first: 1 });
    const rest = await read({ before: newest?.revision });
    expect([newest?.text, rest.length]).toEqual([`Credential ${credential} is tainted.`, 5]);
    expect((await api.admin.ask(query, { agent: 'bot', first: 201 })).code).toBe('input_invalid');
  });

  it('of nobody are none', async () => {
    expect(await read({ agent: 'nobody' })).toEqual([]);
  });

  it('say no more than that something changed where they cannot be read', () => {
    expect(changeText('assignment', 'as_1', null)).toBe('Assignment as_1 is over.');
    expect(changeText('credential', 'cr_1', { status: 'odd' })).toBe('credential cr_1 has changed.');
    expect(changeText('embargo', 'e1', {})).toBe('embargo e1 has changed.');
  });
});
