import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance } from './referees.js';
import type { ScenarioResult } from './verdict.js';

export interface Suite {
  /** How its scenarios are called in results and in the list of expected failures. */
  readonly name: string;
  /** The command of the suite and what it takes. */
  readonly command: readonly string[];
  /** Scenarios that must have a result; one without is a failure. */
  readonly scenarios: readonly string[];
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
  readonly description?: string;
}

/** The scenarios that `conformance list` names under a heading; with a revision, those it requires. */
export async function listed(heading: 'Server' | 'Authorization server', revision?: string): Promise<string[]> {
  const output = await conformance(['list', ...(revision ? ['--requirements', revision] : [])]);
  const section = output.split(/\n(?=\S)/).find((part) => part.startsWith(`${heading} scenarios`)) ?? '';
  return [...section.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name);
}

function resultOf(name: string, checks: readonly Check[]): ScenarioResult {
  return {
    name,
    failed: checks
      .filter(({ status }) => status === 'FAILURE')
      .map(({ id, errorMessage, description }) => ({ check: id, message: errorMessage ?? description ?? '' })),
    warnings: checks.filter(({ status }) => status === 'WARNING').length,
  };
}

/** Every `checks.json` below a folder, by the folder's name: `server-tools-list-2026-…`, `auth/dpop-2026-…`. */
async function readChecks(folder: string): Promise<Map<string, readonly Check[]>> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('checks.json'));
  const read = async (file: string): Promise<[string, readonly Check[]]> => [
    file.replace(/-\d{4}-\d{2}-\d{2}T[\d-]+Z\/checks\.json$/, ''),
    JSON.parse(await readFile(join(folder, file), 'utf8')) as Check[],
  ];
  return new Map(await Promise.all(files.map(read)));
}

const nothing: readonly Check[] = [{ id: 'no-result', status: 'FAILURE', errorMessage: 'the suite gave no result' }];

/** Runs one suite and gives a result for each of its scenarios. */
export async function runSuite({ name, command, scenarios }: Suite): Promise<ScenarioResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-referees-'));
  try {
    const output = await conformance([...command, '--output-dir', folder]);
    const checks = await readChecks(folder);
    if (checks.size === 0) process.stderr.write(output);
    const prefixes = ['', 'server-', 'authorization-server-'];
    return scenarios.map((scenario) => {
      const found = prefixes.map((prefix) => checks.get(`${prefix}${scenario}`)).find((one) => one !== undefined);
      return resultOf(`${name}/${scenario}`, found && found.length > 0 ? found : nothing);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
