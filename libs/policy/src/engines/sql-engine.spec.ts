import { describe, expect, test } from 'vitest';
import { loadSqlEngine } from './sql-engine.js';

/** Longer than the constraint lets through: the parser's stack ends in it. */
const bomb = (at: number) => `select ${at}${'+1'.repeat(40_000)}`;

describe('the parser of SQL', () => {
  test('gives the tree of a text, and says in its own words what is no SQL', async () => {
    const { parse } = await loadSqlEngine();
    expect(parse('select 1')).toMatchObject({ stmts: [{ stmt: { SelectStmt: {} } }] });
    expect(() => parse('selec 1')).toThrow('syntax error at or near "selec"');
    expect(() => parse("select 'é")).toThrow('unterminated quoted string');
    expect(parse('')).toEqual({ version: expect.any(Number), stmts: [] });
  });

  test('outlives a text that breaks it off: the spare takes over at once', async () => {
    const { parse } = await loadSqlEngine();
    const tree = parse('select a from b');
    expect(() => parse(bomb(1))).toThrow('nested too deep to be read');
    expect(parse('select a from b')).toEqual(tree);
  });

  test('is as well after thirty such texts as before', async () => {
    const { parse } = await loadSqlEngine();
    const tree = parse('select a from b');
    for (let round = 0; round < 30; round += 1) {
      await expect.poll(() => parsed(() => parse(`select ${round}`)), { timeout: 20_000 }).toBeDefined();
      expect(() => parse(bomb(round))).toThrow('nested too deep to be read');
    }
    await expect.poll(() => parsed(() => parse('select a from b')), { timeout: 20_000 }).toEqual(tree);
  });

  test('refuses everything while there is none', async () => {
    const { parse } = await loadSqlEngine();
    expect(() => parse(bomb(1))).toThrow('nested too deep');
    expect(() => parse(bomb(2))).toThrow('nested too deep');
    expect(() => parse('select 1')).toThrow('the parser is being made anew');
    await expect.poll(() => parsed(() => parse('select 1'))).toMatchObject({ stmts: [{}] });
  });

  test('says the same about the same text again, and another thing about another', async () => {
    const { parse } = await loadSqlEngine();
    const tree = parse('select a from b');
    expect(parse('select a from b')).toBe(tree);
    expect(parse('select b from a')).not.toEqual(tree);
    expect(() => parse('selec 1')).toThrow('syntax error at or near "selec"');
    expect(() => parse('selec 1')).toThrow('syntax error at or near "selec"');
    expect(() => parse('select 1 +')).toThrow('syntax error at end of input');
    expect(parse('select a from b')).toEqual(tree);
  });

  test('reads text beyond ASCII whole', async () => {
    const { parse } = await loadSqlEngine();
    const words = JSON.stringify(parse("select 'größer 😀 als'"));
    expect(words).toContain('"größer 😀 als"');
  });
});

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
