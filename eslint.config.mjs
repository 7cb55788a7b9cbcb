import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { plugin } from './libs/lint/src/plugin.mjs';

const toolConfigs = [
  '*.config.{ts,mjs}',
  '.dependency-cruiser.mjs',
  'libs/lint/*.config.mjs',
  'libs/policy/mutation/*.config.mjs',
  // Stands in for fast-check, which exports by default.
  'libs/policy/mutation/fewer-samples.mjs',
  'apps/console/vite.config.ts',
  'e2e/src/run/tally-reporter.mjs',
];
const typed = ['{libs,apps}/*/src/**/*.{ts,tsx}', '{migrations,e2e}/src/**/*.ts'];
const specs = ['**/*.spec.{ts,tsx}'];
const longest = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

export default [
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.nx/**',
      '.portcullis/**',
      'coverage/**',
      'apps/console/src/gql/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    languageOptions: { parser: tseslint.parser, sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } },
    // A rule that can be switched off in a comment is advice. Exceptions stand here, where a reviewer sees them.
    linterOptions: { noInlineConfig: true },
    plugins: { '@typescript-eslint': tseslint.plugin, portcullis: plugin },
    rules: {
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-var': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
      'prefer-const': 'error',
      'max-lines-per-function': longest(40),
      'portcullis/no-default-export': 'error',
      'portcullis/no-sleeping-tests': 'error',
      'portcullis/plain-names': 'error',
    },
  },
  { files: ['**/*.tsx'], rules: { 'max-lines-per-function': longest(60) } },
  // A describe block and a migration's SQL are long lists, not long functions.
  { files: [...specs, 'migrations/src/[0-9]*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: toolConfigs, rules: { 'portcullis/no-default-export': 'off' } },
  {
    // A promise nobody waits for is an error nobody sees, and here often a refusal that did not happen.
    files: typed,
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.spec.json', 'e2e/tsconfig.spec.json', 'apps/console/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['apps/control-plane/src/**/*.ts'],
    rules: { 'portcullis/declares-caller': 'error', 'portcullis/no-foreign-commands': 'error' },
  },
  {
    files: ['apps/console/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'portcullis/no-optimistic-response': 'error',
      'portcullis/no-colour-literals': 'error',
    },
  },
  {
    // The decision is a pure function of what it is given; a clock or a timer in it cannot be replayed or explained.
    files: ['libs/policy/src/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-globals': [
        'error',
        'Date',
        'performance',
        'process',
        'setTimeout',
        'setInterval',
        'fetch',
        'console',
      ].map((entry) =>
        entry === 'error' ? entry : { name: entry, message: 'libs/policy is pure: take the value as a parameter.' },
      ),
    },
  },
];
