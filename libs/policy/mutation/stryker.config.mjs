/** Mutates what a guard decides with; explanations are held to the same specs. Progress and report go to stderr and a file. */
export default {
  testRunner: 'in-process',
  plugins: ['./libs/policy/mutation/in-process-runner.mjs'],
  mutate: ['libs/policy/src/**/*.ts', '!libs/policy/src/**/*.{spec,fixture}.ts', '!libs/policy/src/index.ts'],
  ignorePatterns: ['**/dist', '.portcullis', '.nx'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  // What breaks off in WebAssembly does so at the depth it has in the threads of the specs.
  testRunnerNodeArgs: ['--stack-size=3900'],
  concurrency: 2,
  timeoutMS: 8_000,
  tempDirName: '.portcullis/mutation',
  cleanTempDir: 'always',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: '.portcullis/mutation.json' },
  checkers: [],
  disableTypeChecks: true,
  allowConsoleColors: false,
};
