import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { format } from 'node:util';

const { resolve } = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'));
const { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } = await import(resolve('@vitest/expect'));
for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

/** Stands in for vitest while mutants are tried: specs are imported once, and their tests can be run again and again. */
export const tests = new Map();
export const beforeAllTests = [];
let file = '';
let titles = [];

export async function collect(path, load) {
  file = path;
  titles = [];
  await load();
}

export function test(title, run, timeout) {
  const plain = `${file}#${[...titles, title].join(' ')}`;
  const id = tests.has(plain) ? `${plain} (${tests.size})` : plain;
  tests.set(id, { id, file, name: [...titles, title].join(' '), run, timeout });
}

export function describe(title, body) {
  titles.push(title);
  body();
  titles.pop();
}

const withEach = (declare) =>
  Object.assign(declare, {
    each: (rows) => (title, run, timeout) =>
      rows.forEach((row) => {
        const values = Array.isArray(row) ? row : [row];
        declare(format(title, ...values.slice(0, title.split('%s').length - 1)), () => run(...values), timeout);
      }),
  });
withEach(test);
withEach(describe);
export const it = test;

export const beforeAll = (run) => beforeAllTests.push(run);
export const afterAll = () => undefined;

export const expect = chai.expect;
expect.poll = (read, { timeout = 1_000 } = {}) =>
  new Proxy(
    {},
    {
      get:
        (_nothing, matcher) =>
        (...wanted) =>
          matches(read, matcher, wanted, Date.now() + timeout),
    },
  );

async function matches(read, matcher, wanted, deadline) {
  for (;;) {
    try {
      return expect(await read())[matcher](...wanted);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(50);
    }
  }
}
