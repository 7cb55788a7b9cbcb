import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

describe('exports have names', () => {
  it.each(['export default class Guard {}', 'export default {};', 'const a = 1; export { a as default };'])(
    'refuses %s',
    (text) => {
      expect(lintText('no-default-export', text)[0]).toMatch(/renamed by every importer.*Export it by name/);
    },
  );

  it('accepts a named export', () => {
    expect(lintText('no-default-export', 'export class Guard {}')).toEqual([]);
  });
});
