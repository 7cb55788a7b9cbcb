import path from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { plugin } from '../plugin.mjs';

/** The messages one of our rules has about a text, as a developer would read them. */
export function lintText(rule: keyof typeof plugin.rules, text: string, filename = 'src/example.ts'): string[] {
  const config = {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { portcullis: plugin },
    rules: { [`portcullis/${rule}`]: 'error' },
  } as Linter.Config;
  const linter = new Linter({ cwd: process.cwd() });
  return linter.verify(text, [config], { filename: path.resolve(filename) }).map(({ message }) => message);
}
