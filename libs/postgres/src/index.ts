export { PostgresProblem, type PostgresProblemCode } from './problem.js';
export { startPostgres, type PostgresExit, type RunningPostgres, type StartPostgresOptions } from './start-postgres.js';
export { runningUrl } from './running-url.js';
export { assertPostgresVersion, oldestPostgresMajor } from './version.js';
export {
  createTestDatabases,
  type ClonedDatabase,
  type TemplateDatabase,
  type TemplateOptions,
  type TestDatabases,
} from './test-databases.js';
