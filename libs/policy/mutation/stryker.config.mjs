/** Mutates what a guard decides with; explanations are held to the same specs. Progress and report go to stderr and a file. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'libs/policy/mutation/vitest.config.mjs' },
  mutate: ['libs/policy/src/**/*.ts', '!libs/policy/src/**/*.{spec,fixture}.ts', '!libs/policy/src/index.ts'],
  ignorePatterns: ['**/dist', '.portcullis', '.nx'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: '.portcullis/mutation',
  cleanTempDir: 'always',
  reporters: ['json', 'dots'],
  jsonReporter: { fileName: '.portcullis/mutation.json' },
  checkers: [],
  disableTypeChecks: true,
  allowConsoleColors: false,
};
