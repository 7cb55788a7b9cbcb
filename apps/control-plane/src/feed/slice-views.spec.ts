import { digestOf } from '@portcullis/contracts/signed';
import type { Entry } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogChange } from './log-object.js';
import { SliceViews } from './slice-views.js';
import { World } from './world.js';

const agents = ['a1', 'a2', 'a3'];
const environments = ['prod', 'staging'];
const servers = ['s1', 's2', 's3'];
const homeOf = (server: string) => (server === 's3' ? 'staging' : 'prod');

type Unnumbered = Omit<LogChange, 'revision'>;
const pick = (values: readonly string[]) => fc.constantFrom(...values);
const withTombstone = (kind: string, id: fc.Arbitrary<string>, value: (id: string) => fc.Arbitrary<object>) =>
  id.chain((name) =>
    fc
      .option(value(name), { freq: 3 })
      .map((body): Unnumbered => ({ kind, id: name, value: body && JSON.stringify(body) })),
  );

const change: fc.Arbitrary<Unnumbered> = fc.oneof(
  withTombstone('server', pick(servers), (id) =>
    fc.record({ name: fc.string(), environment: fc.constant(homeOf(id)), resource: fc.constant(id) }),
  ),
  withTombstone('tool', pick(['s1/refund', 's1/search', 's2/refund', 's3/refund']), (id) =>
    fc.record({ server: fc.constant(id.split('/')[0]), name: fc.constant('t'), classes: fc.constant([]) }),
  ),
  withTombstone('agent', pick(agents), () => fc.record({ name: fc.string() })),
  withTombstone('agent-status', pick(agents), () => fc.record({ status: pick(['active', 'suspended']) })),
  withTombstone('cut-off', pick(agents), (id) => fc.record({ agent: fc.constant(id) })),
  withTombstone('credential', pick(['c1', 'c2', 'c3']), (id) =>
    fc.record({
      agent: fc.constant(`a${id.slice(1)}`),
      status: pick(['active', 'retiring', 'revoked', 'tainted']),
      expiresAt: fc.constant(null),
    }),
  ),
  withTombstone('assignment', pick(['x1', 'x2', 'x3', 'x4']), () =>
    fc.record(
      {
        agent: pick(agents),
        role: pick(['support', 'research']),
        environment: pick(environments),
        notBefore: fc.option(fc.nat()),
        notAfter: fc.option(fc.nat()),
      },
      { requiredKeys: ['agent', 'role', 'environment'] },
    ),
  ),
  withTombstone('conversation', pick(['v1', 'v2', 'v3']), () =>
    fc.record({
      agent: pick(agents),
      user: fc.option(fc.constant('portcullis:ada')),
      tasks: fc.constant(['lookup']),
      attributes: fc.constant({}),
      digests: fc.constant([]),
      status: pick(['open', 'closed']),
      expiresAt: fc.nat(),
      credential: fc.option(pick(['c1', 'c2'])),
    }),
  ),
  withTombstone('token-revocation', pick(['j1', 'j2', 'j3']), () =>
    fc.record({ agent: pick(agents), expiresAt: fc.nat() }),
  ),
  withTombstone('grant', pick(['g1', 'g2', 'g3']), () =>
    fc.record({
      role: fc.constant('support'),
      environment: pick(environments),
      tool: fc.oneof(
        fc.record({ id: pick(['s1/refund', 's2/refund', 's3/refund']) }),
        fc.record({ class: fc.constant('read') }),
      ),
      conversation: fc.option(fc.record({ id: pick(['v1', 'v2']), agent: pick(agents) }), { nil: undefined }),
    }),
  ),
  withTombstone('directory', pick(['d1', 'd2']), () =>
    fc.record({
      environment: pick(environments),
      name: fc.constant('d'),
      holds: fc.constant('text'),
      entries: fc.constant([]),
    }),
  ),
  withTombstone('policy', pick(['p1', 'p2', 'p3']), () =>
    fc.record({
      environment: fc.option(pick(environments)),
      places: fc.array(
        fc.record({
          tools: fc.option(fc.subarray(['s1/refund', 's2/refund', 's3/refund'])),
          classes: fc.option(fc.constant(['read'])),
          server: fc.option(pick(servers)),
          environment: fc.option(pick(environments)),
        }),
        { maxLength: 2 },
      ),
    }),
  ),
  withTombstone('kill-switch', pick(['k1', 'k2', 'k3', 'k4']), () =>
    fc.oneof(
      fc.record({
        scope: pick(['everything', 'tool-class', 'role', 'user', 'conversation', 'from-the-future']),
        target: fc.constant('x'),
        status: pick(['engaged', 'released']),
      }),
      fc.record({ scope: fc.constant('agent'), target: pick(agents), status: fc.constant('engaged') }),
      fc.record({ scope: fc.constant('server'), target: pick(servers), status: fc.constant('engaged') }),
      fc.record({
        scope: fc.constant('tool'),
        target: pick(['s1/refund', 's2/refund']),
        status: fc.constant('engaged'),
      }),
      fc.record({ scope: fc.constant('environment'), target: pick(environments), status: fc.constant('engaged') }),
    ),
  ),
);
const log = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 40 });

type Latest = Map<string, LogChange>;
interface Body {
  environment: string;
  status: string;
  agent: string;
  server: string;
  tool: { id?: string };
  conversation?: { agent: string };
  scope: string;
  target: string;
  places: { tools: string[] | null; classes: string[] | null; server: string | null; environment: string | null }[];
}

function isPolicyOf({ environment, places }: Body, slice: string, home: string): boolean {
  if (environment !== null && environment !== home) return false;
  for (const place of places) {
    const isHere =
      (place.server === null || place.server === slice) && (place.environment === null || place.environment === home);
    const named = place.tools?.map((tool) => tool.split('/')[0]) ?? [];
    const isOpen = place.tools === null || place.classes !== null;
    if (isHere && (isOpen || named.includes(slice))) return true;
  }
  return false;
}

/** The definition of a slice once more, written without indexes: what the views must agree with. */
function naiveSnapshot(latest: Latest, slice: string): Entry[] {
  const all = [...latest.values()].flatMap((found) =>
    found.value === null ? [] : [{ ...found, body: JSON.parse(found.value) as Body, text: found.value }],
  );
  const home = all.find((found) => found.kind === 'server' && found.id === slice)?.body.environment;
  if (home === undefined) return [];
  const inside = new Set(
    all
      .filter((found) => found.kind === 'assignment' && found.body.environment === home)
      .map((found) => found.body.agent),
  );
  const seen = all.filter(({ kind, id, body }) => {
    if (kind === 'server') return id === slice;
    if (kind === 'tool') return body.server === slice;
    if (kind === 'assignment') return body.environment === home;
    if (kind === 'agent' || kind === 'agent-status' || kind === 'cut-off') return inside.has(id);
    if (kind === 'credential') return body.status === 'tainted' || inside.has(body.agent);
    if (kind === 'conversation' || kind === 'token-revocation') return inside.has(body.agent);
    if (kind === 'policy') return isPolicyOf(body, slice, home);
    if (kind === 'directory') return body.environment === home;
    if (kind === 'grant') {
      const isHere = body.tool.id === undefined || body.tool.id.split('/')[0] === slice;
      const isServed = body.conversation === undefined || inside.has(body.conversation.agent);
      return body.environment === home && isHere && isServed;
    }
    if (body.scope === 'agent') return inside.has(body.target);
    if (body.scope === 'server') return body.target === slice;
    if (body.scope === 'environment') return body.target === home;
    return body.scope !== 'tool' || body.target.split('/')[0] === slice;
  });
  return seen.map(({ kind, id, revision, text }) => [kind, id, revision as Entry[2], text]);
}

const sorted = (entries: Iterable<Entry>) => [...entries].map((entry) => JSON.stringify(entry)).sort();
const keyed = (entries: readonly Entry[]) => new Map(entries.map((entry) => [`${entry[0]} ${entry[1]}`, entry]));

function applied(base: readonly Entry[], interval: readonly Entry[]): Entry[] {
  const held = keyed(base);
  for (const entry of interval) {
    if (entry[3] === null) held.delete(`${entry[0]} ${entry[1]}`);
    else held.set(`${entry[0]} ${entry[1]}`, entry);
  }
  return [...held.values()];
}

/** Plays a log; calls back at each revision with every naive snapshot so far. */
function play(
  revisions: readonly (readonly Unnumbered[])[],
  depth: number,
  at: (views: SliceViews, past: Map<string, Entry[]>[]) => void,
): void {
  const latest: Latest = new Map();
  const views = new SliceViews(new World(), 0, depth);
  const shot = () => new Map(servers.map((slice) => [slice, naiveSnapshot(latest, slice)]));
  const past = [shot()];
  for (const [index, changes] of revisions.entries()) {
    const revision = index + 1;
    const numbered = changes.map((body) => ({ ...body, revision }));
    for (const one of numbered) latest.set(`${one.kind} ${one.id}`, one);
    views.advance(revision, numbered);
    past.push(shot());
    at(views, past);
  }
}

describe('slice views', () => {
  it('P-D1 apply(snapshot M, interval M..N) = snapshot N, for every M that is still known', () => {
    fc.assert(
      fc.property(log, (revisions) => {
        play(revisions, 1024, (views, past) => {
          const head = past.length - 1;
          for (const slice of servers) {
            const goal = past[head]?.get(slice) ?? [];
            expect(sorted(views.snapshot(slice))).toEqual(sorted(goal));
            for (let from = 0; from <= head; from++) {
              const interval = views.interval(slice, from);
              if (interval) expect(sorted(applied(past[from]?.get(slice) ?? [], interval))).toEqual(sorted(goal));
            }
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('P-D1 an interval holds what entered or changed, what left, and nothing else', () => {
    fc.assert(
      fc.property(log, (revisions) => {
        play(revisions, 1024, (views, past) => {
          const head = past.length - 1;
          for (const slice of servers) {
            const after = keyed(past[head]?.get(slice) ?? []);
            for (let from = 0; from <= head; from++) {
              const interval = views.interval(slice, from);
              if (!interval) continue;
              const before = keyed(past[from]?.get(slice) ?? []);
              const upserts = [...after]
                .filter(([key, entry]) => JSON.stringify(before.get(key)) !== JSON.stringify(entry))
                .map(([, entry]) => entry);
              const left = [...before.keys()].filter((key) => !after.has(key)).sort();
              expect(sorted(interval.filter((entry) => entry[3] !== null))).toEqual(sorted(upserts));
              expect(
                interval
                  .filter((entry) => entry[3] === null)
                  .map((entry) => `${entry[0]} ${entry[1]}`)
                  .sort(),
              ).toEqual(left);
            }
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('the running digest is the digest of the snapshot, at the head and at every position that is still known', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 5 }), (revisions, depth) => {
        play(revisions, depth, (views, past) => {
          for (const slice of servers) {
            for (const [at, shots] of past.entries()) {
              const digest = views.digest(slice, at);
              if (digest !== undefined && views.interval(slice, at) !== undefined)
                expect(digest).toBe(digestOf(shots.get(slice) ?? []));
            }
            expect(views.digest(slice)).toBe(digestOf(views.snapshot(slice)));
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('an assignment brings everything about its agent, stops included, and its end takes it all away', () => {
    const views = new SliceViews(new World(), 0);
    const put = (kind: string, id: string, value: object | null): LogChange => ({
      kind,
      id,
      revision: views.head + 1,
      value: value && JSON.stringify(value),
    });
    views.advance(1, [
      put('server', 's1', { name: 's1', environment: 'prod', resource: 'r' }),
      put('agent', 'a1', { name: 'a' }),
    ]);
    views.advance(2, [
      put('credential', 'c1', { agent: 'a1', status: 'active', expiresAt: null }),
      put('kill-switch', 'k1', { scope: 'agent', target: 'a1', status: 'engaged' }),
    ]);
    expect(views.interval('s1', 1)).toEqual([]);
    views.advance(3, [put('assignment', 'x1', { agent: 'a1', role: 'support', environment: 'prod' })]);
    expect(
      views
        .interval('s1', 2)
        ?.map((entry) => `${entry[0]} ${entry[2]}`)
        .sort(),
    ).toEqual(['agent 1', 'assignment 3', 'credential 2', 'kill-switch 2']);
    views.advance(4, [put('assignment', 'x1', null)]);
    expect(
      views
        .interval('s1', 3)
        ?.map((entry) => `${entry[0]} ${entry[3]}`)
        .sort(),
    ).toEqual(['agent null', 'assignment null', 'credential null', 'kill-switch null']);
    expect(views.interval('s1', 2)).toEqual([]);
  });

  it('gives no interval for a position older than the ring, or ahead of the head', () => {
    const views = new SliceViews(new World(), 0, 2);
    const tool = (revision: number): LogChange => ({
      kind: 'tool',
      id: 's1/t',
      revision,
      value: JSON.stringify({ server: 's1', name: 't', classes: [String(revision)] }),
    });
    views.advance(1, [
      {
        kind: 'server',
        id: 's1',
        revision: 1,
        value: JSON.stringify({ name: 's', environment: 'prod', resource: 'r' }),
      },
    ]);
    for (let revision = 2; revision <= 5; revision++) views.advance(revision, [tool(revision)]);
    expect(views.interval('s1', 2)).toBeUndefined();
    expect(views.interval('s1', 3)).toHaveLength(1);
    expect(views.interval('s1', 6)).toBeUndefined();
    expect(() => views.advance(7, [tool(7)])).toThrow(RangeError);
  });
});
