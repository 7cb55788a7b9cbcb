import { afterAll, beforeAll } from 'vitest';
import { createTestDatabases, type ClonedDatabase } from './test-databases.js';

/** Which database a spec file wants. */
export interface TestDatabaseOptions {
  /** Changes whenever `migrate` would do something else: a hash over the migrations. */
  readonly key: string;
  /** Fills the template; run once per key, not once per file. It must close every connection it opens. */
  readonly migrate: (url: string) => Promise<void>;
  /** Short name for people. Default `app`. */
  readonly name?: string | undefined;
}

/**
 * Gives the surrounding `describe` (or the whole file) a database of its own, cloned from a migrated template before the
 * first test and dropped after the last. Reading `url` outside of a hook or test throws.
 *
 * @example
 * const database = testDatabase({ key: migrationsHash, migrate });
 * it('keeps a row', async () => { await connect(database.url); });
 */
export function testDatabase({ key, migrate, name = 'app' }: TestDatabaseOptions): { readonly url: string } {
  let clone: ClonedDatabase | undefined;
  beforeAll(async () => {
    const databases = await createTestDatabases();
    clone = await databases.cloneDatabase(await databases.template({ name, key, migrate }));
  });
  afterAll(() => clone?.drop());
  return {
    get url() {
      if (!clone) throw new Error('the test database exists only while hooks and tests run');
      return clone.url;
    },
  };
}
