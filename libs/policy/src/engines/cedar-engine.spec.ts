import { policyLimits } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { request, when } from './asked-of-cedar.fixture.js';
import { loadCedarEngine, loadDraftCedarEngine } from './cedar-engine.js';

const engine = loadCedarEngine();
const { depth, operators } = policyLimits;

describe('the engine for Cedar', () => {
  test('says which statements hold, by their place in the text, beyond ten too', () => {
    const text = Array.from({ length: 12 }, (_one, index) =>
      when(`context.role == "${index === 10 ? 'support' : 'x'}"`),
    );
    const statements = engine.parse(text.join('\n')).map((statement) => statement.text);

    expect(statements).toEqual(text);
    expect(engine.prepare(statements)(request)).toEqual({ holds: [10] });
  });

  test('P-G1 a statement that errors is a failure, although another one holds', () => {
    const set = engine.prepare([when('true'), when('context.user == "x"')]);

    expect(set(request)).toEqual({ failed: expect.stringContaining('user') as string });
  });

  test.each([
    ['a number with places', 1.5],
    ['a number too large', 1e300],
    ['what is no value at all', (() => undefined) as unknown as string],
    ['a big integer', 5n as unknown as number],
  ])('P-G1 %s in a request is a failure, never an exception', (_what, role) => {
    const set = engine.prepare([when('context.role == "x"')]);

    expect(set({ ...request, context: { role } })).toHaveProperty('failed');
    expect(set(request)).toEqual({ holds: [] });
  });

  test.each([
    ['nested brackets', `${'('.repeat(depth + 1)}true${')'.repeat(depth + 1)}`],
    ['a long chain', `context${'.a'.repeat(operators + 1)}`],
    ['a long chain in brackets', `context${'["a"]'.repeat(operators + 1)}`],
    ['a long sum', `${Array.from({ length: operators + 2 }, () => '1').join(' + ')} == 1`],
    ['nested choices', `${'if true then true else '.repeat(operators + 1)}true`],
    ['nested lists', `${'['.repeat(5_000)}1${']'.repeat(5_000)} == 1`],
  ])('%s beyond the bounds are refused before the parser sees them', (_what, condition) => {
    expect(() => engine.parse(when(condition))).toThrow(/at most/);
    expect(() => engine.prepare([when(condition)])).toThrow(/at most/);
    expect(engine.prepare([when('true')])(request)).toEqual({ holds: [0] });
  });

  test('what is just within the bounds leaves the engine usable, whatever is nested in what', () => {
    const open = '('.repeat(depth - 2);
    const close = ')'.repeat(depth - 2);
    const worst = [
      `${open}context${'.a'.repeat(operators)}${close} == 1`,
      `${open}${Array.from({ length: operators }, () => '1').join(' + ')}${close} == 1`,
      `${open}${'if true then true else '.repeat(operators)}true${close}`,
      `${'['.repeat(depth - 3)}${Array.from({ length: operators - depth + 4 }, () => 'true').join(' && ')}${']'.repeat(depth - 3)} == 1`,
    ].map(when);
    for (const text of worst) {
      expect(engine.parse(text)).toHaveLength(1);
      engine.validate(text, { '': { entityTypes: {}, actions: {} } });
      expect(engine.prepare([text])(request)).toBeDefined();
    }
    expect(engine.prepare([when('true')])(request)).toEqual({ holds: [0] });
  });

  test.each([
    ['no Cedar', 'forbid (principal'],
    ['a template', 'forbid (principal == ?principal, action, resource);'],
  ])('%s is refused with a complaint', (_what, text) => {
    expect(() => engine.parse(text)).toThrow(expect.objectContaining({ complaints: [expect.anything()] }));
  });

  test.each([
    ['engines', loadCedarEngine],
    ['engines for drafts', loadDraftCedarEngine],
  ])('two %s ask what was made ready by each', (_what, load) => {
    const [one, other] = [load(), load()];
    const [holds, holdsNot] = [one.prepare([when('true')]), other.prepare([when('false')])];

    expect([holds(request), holdsNot(request)]).toEqual([{ holds: [0] }, { holds: [] }]);
  });

  test('drafts share a few places, and one that lost its place is asked as before', () => {
    const drafts = loadDraftCedarEngine(2);
    const sets = ['support', 'x', 'y'].map((role) => drafts.prepare([when(`context.role == "${role}"`)]));

    expect(sets.map((set) => set(request))).toEqual([{ holds: [0] }, { holds: [] }, { holds: [] }]);
    expect(sets[0]?.(request)).toEqual({ holds: [0] });
  });
});

describe('an engine that broke off', () => {
  const deep = when(`${'('.repeat(depth - 2)}context${'.a'.repeat(operators)}${')'.repeat(depth - 2)} == 1`);

  /** Asks again and again on the way back from where the stack ends, with a little more of it each time, until there is enough. */
  function nearTheEnd<T>(ask: () => T, breaks: string[], level = 0): T {
    const padding = new Array<number>(40).fill(level);
    try {
      return nearTheEnd(ask, breaks, level + padding.length);
    } catch (error) {
      breaks.push((error as Error).name);
      if (breaks.length % 150 !== 0) throw error;
      return ask();
    }
  }

  test.each([
    ['engine', () => loadCedarEngine()],
    ['engine for drafts', () => loadDraftCedarEngine()],
  ])('an %s answers as before, also about what was prepared then', (_what, load) => {
    const broken = load();
    const sets = [broken.prepare([when('true')]), broken.prepare([when('context.role == "x"')])];
    const breaks: string[] = [];
    expect(nearTheEnd(() => broken.parse(deep), breaks)).toHaveLength(1);
    expect(breaks.length).toBeGreaterThan(150);

    expect(sets.map((set) => set(request))).toEqual([{ holds: [0] }, { holds: [] }]);
    expect(broken.prepare([deep])(request)).toHaveProperty('failed');
  });
});

test('what could not be prepared is refused again, and leaves the set in its place alone', () => {
  const drafts = loadDraftCedarEngine(1);
  const set = drafts.prepare([when('true')]);
  const twice = [0, 1].map(() => {
    try {
      return drafts.prepare(['forbid (principal'])(request);
    } catch (error) {
      return (error as Error).constructor.name;
    }
  });
  expect(twice).toEqual(['CedarTextError', 'CedarTextError']);
  expect(set(request)).toEqual({ holds: [0] });
});
