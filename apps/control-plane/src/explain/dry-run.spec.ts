import { hash, randomUUID } from 'node:crypto';
import type { Recording } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import type { TestGuard } from '../testing/test-guard.js';
import { testLink } from '../testing/test-link.js';

const query = `query ($input: DryRunInput!) { dryRun(input: $input) {
  revision sentence decisions replayed ended notRecorded newlyAllowed newlyHeld newlyDenied cannotKnow
  groups { change agent tool environment count calls { decision before { outcome reason rule detail } after { outcome reason rule detail } } } } }`;

interface Answer {
  readonly decisions: number;
  readonly replayed: number;
  readonly cannotKnow: readonly string[];
  readonly groups: readonly { change: string; agent: string; tool: string; count: number; calls: readonly object[] }[];
}

interface Made {
  readonly event: object;
  readonly recording: Recording;
}

/** A call as a guard tells it: the decision in the chained record, what was asked beside it. */
function made(
  tool: string,
  args: unknown,
  rest: { agent?: string; conversation?: string; signals?: object } = {},
): Made {
  const id = randomUUID();
  const { agent = 'bot', conversation, signals } = rest;
  const event = {
    ...{ type: 'decision', id, at: Date.now(), revision: 1, agent, instance: 'bot-1', credential: 'past' },
    ...{ role: 'support', task: 'update', tool, outcome: 'deny', reason: 'no_grant', rule: null, detail: null },
    argumentsHash: hash('sha256', JSON.stringify(args ?? null), 'base64url'),
  };
  return { event, recording: { decision: id, call: JSON.stringify({ arguments: args, conversation, signals }) } };
}

describe('a change tried on what was called', () => {
  const api = testApi();
  const link = testLink(api);
  let guard: TestGuard;
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const grant = { role: 'support', environment: 'prod', toolId: 'desk/refund', task: 'update' };
  const limited = (value: number) => ({ ...grant, constraints: [{ kind: 'max', path: 'amount', value }] });
  const dryRun = async (input: object) => (await api.admin.get<{ dryRun: Answer }>(query, { input })).dryRun;
  const tell = (calls: readonly Made[], recordings = calls.map(({ recording }) => recording)) =>
    guard.report({ batch: guard.batch(...calls.map(({ event }) => event)), recordings });
  const world = async () => [
    await api.revision(),
    (await api.pool.query('select * from grants order by id')).rows,
    (await api.pool.query('select * from change_latest order by 1, 2')).rows,
  ];
  const said = ({ groups }: Answer) => groups.map((one) => `${one.change} ${one.agent} ${one.tool} ${one.count}`);

  beforeAll(async () => {
    await make(`createEnvironment(input: { id: "prod", name: "prod" }) { revision }`);
    await make(`createRole(input: { id: "support", name: "support" }) { revision }`);
    await make(
      `createServer(input: { id: "desk", name: "desk", environment: "prod", resource: "http://localhost/desk/mcp" }) { revision }`,
    );
    for (const name of ['refund', 'note'])
      await make(`registerTool(input: { server: "desk", name: "${name}", classes: ["payments"] }) { revision }`);
    for (const id of ['bot', 'gone']) {
      await make(`createAgent(input: { id: "${id}", name: "${id}" }) { revision }`);
      await make(`issueCredential(input: { agent: "${id}" }) { revision }`);
      await make(`assignRole(input: { agent: "${id}", role: "support", environment: "prod" }) { revision }`);
    }
    guard = await link.guard('desk');
    await tell([...[20, 60, 99, 150].map((amount) => made('refund', { amount })), made('note', { text: 'hello' })]);
    await tell([made('refund', { amount: 1 }, { agent: 'gone' })]);
    await make(`suspendAgent(id: "gone") { revision }`);
  });

  it('says first what would be newly allowed, by agent and tool, with both decisions, and changes nothing', async () => {
    const before = await world();
    const answer = await dryRun({ grants: [limited(100)] });
    expect(answer).toMatchObject({
      ...{ revision: await api.revision(), decisions: 6, replayed: 5, ended: 1, notRecorded: 0 },
      ...{ newlyAllowed: 3, newlyHeld: 0, newlyDenied: 0 },
      sentence: 'Of 5 recorded calls: 3 newly allowed, 0 newly denied, 0 newly held.',
    });
    expect(said(answer)).toEqual(['newly-allowed bot desk/refund 3']);
    expect(answer.groups[0]?.calls[0]).toMatchObject({
      before: { outcome: 'deny', reason: 'no_grant' },
      after: { outcome: 'allow', rule: 'grant:draft-0' },
    });
    expect(await world()).toEqual(before);
  });

  it('says what would be held for approval, and what revoking would take', async () => {
    const held = { ...limited(100), obligations: [{ kind: 'approval', group: 'finance' }] };
    expect(said(await dryRun({ grants: [held] }))).toEqual(['newly-held bot desk/refund 3']);
    const created = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }',
      { input: limited(100) },
    );
    const { id } = created.createGrant.grant;
    expect(said(await dryRun({ revoke: [id] }))).toEqual(['newly-denied bot desk/refund 3']);
    expect(said(await dryRun({ revoke: [id], grants: [limited(30)] }))).toEqual(['newly-denied bot desk/refund 2']);
    expect(said(await dryRun({ revoke: [id], grants: [limited(100)] }))).toEqual([]);
    await make(`revokeGrant(id: "${id}") { revision }`);
  });

  it('says what a policy would forbid, and what retiring it would give back', async () => {
    const created = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }',
      { input: grant },
    );
    const forbidding = 'forbid(principal, action == Action::"desk/refund", resource);';
    const before = await world();
    expect(said(await dryRun({ policy: { text: forbidding, environment: 'prod' } }))).toEqual([
      'newly-denied bot desk/refund 4',
    ]);
    expect(said(await dryRun({ policy: { text: `@hold("finance")\n${forbidding}` } }))).toEqual([
      'newly-held bot desk/refund 4',
    ]);
    expect(await world()).toEqual(before);
    await make(`revokeGrant(id: "${created.createGrant.grant.id}") { revision }`);
  });

  it('asks with the risk signals that were recorded, and says what is taken for those that were not', async () => {
    const created = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }',
      { input: { ...grant, toolId: 'desk/note' } },
    );
    await tell([
      made('note', { text: 'often' }, { signals: { recentRate: 9 } }),
      made('note', { text: 'read before' }, { signals: { labels: { trust: 'untrusted', secrecy: 'public' } } }),
      made('note', { text: 'dangerous' }, { signals: { scorer: 0.9 } }),
      made('note', { text: 'of a later form' }, { signals: { mood: 'bad' } }),
    ]);
    const denied = async (condition: string) => {
      const text = `forbid(principal, action == Action::"desk/note", resource) when { context.signals.${condition} };`;
      const answer = await dryRun({ policy: { text, environment: 'prod' } });
      expect(answer.cannotKnow.join()).toContain('the first of its minute');
      return said(answer);
    };
    const before = await world();
    for (const condition of ['recentRate > 5', 'labels.trust == "untrusted"', 'scorer.greaterThan(decimal("0.8"))'])
      expect(await denied(condition)).toEqual(['newly-denied bot desk/note 1']);
    expect(await denied('recentRate > 9')).toEqual([]);
    await tell([made('note', { text: 'the scorer was silent' }, { signals: { scorer: null } })]);
    expect(await denied('scorer.greaterThan(decimal("0.99"))')).toEqual(['newly-denied bot desk/note 1']);
    expect(await world()).toEqual(before);
    await make(`revokeGrant(id: "${created.createGrant.grant.id}") { revision }`);
  });

  it('does not ask again what was not recorded, or recorded otherwise than it was decided, and counts it', async () => {
    const [alone, forged, missing] = [made('refund', { amount: 2 }), made('refund', { amount: 3 }), made('note', {})];
    const other = JSON.stringify({ arguments: { amount: 4 } });
    await tell([alone, forged, missing], [alone.recording, { decision: forged.recording.decision, call: other }]);
    expect(await dryRun({ grants: [limited(100)] })).toMatchObject({ decisions: 14, replayed: 11, notRecorded: 2 });
  });

  it('keeps what was asked sealed, and to the guard that told it', async () => {
    const secret = made('note', { text: 'the canary of a customer' });
    await tell([secret]);
    const found = await api.pool.query<{ sealed: Buffer }>('select sealed from recorded_call where decision_id = $1', [
      secret.recording.decision,
    ]);
    expect(found.rows).toHaveLength(1);
    expect(found.rows[0]?.sealed.toString('latin1')).not.toContain('canary');
    const batches = await api.pool.query<{ events: string }>('select events from report_batch');
    expect(JSON.stringify(batches.rows)).not.toContain('canary');
  });

  it.each([
    [{ hours: 0, grants: [grant] }, 'hours: use 1 to 168 hours'],
    [{ hours: 169, grants: [grant] }, 'hours: use 1 to 168 hours'],
    [{}, 'grants: name a grant to give or to revoke, or a policy to publish or to retire'],
    [
      { grants: [limited(1), { ...grant, constraints: [{ kind: 'max', path: 'a..b', value: 1 }] }] },
      'grants.1.constraints.0.path',
    ],
    [{ revoke: ['gr_none'] }, 'there is no live grant gr_none'],
    [{ retire: ['none'] }, 'there is no live policy none'],
    [{ policy: { text: 'permit(principal, action, resource);' } }, 'line 1, column 1: '],
    [{ policy: { text: 'forbid(principal, action == Action::"desk/refnd", resource);' } }, 'desk/refund'],
  ])('refuses %j, and reads nothing', async (input, message) => {
    const { errors } = await api.admin.ask(query, { input });
    expect(JSON.stringify(errors)).toContain(message);
  });
});
