import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the specs of this run find or make the one build of the console. */
    readonly consoleFolder: string;
  }
}

/** A folder for this run of the tests. Nothing is built in it until a spec needs it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-console-'));
  project.provide('consoleFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
