import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { z } from 'zod';
import { caseSchema, type CaseText } from './case-schema.js';
import { firstIssue, overlaid, type World } from './world.js';
import { worldFileSchema } from './world-schema.js';

/** A case, read and complete: `file` is its path inside the cases folder, `world` everything that exists in it. */
export interface Case extends Omit<CaseText, 'given'> {
  readonly file: string;
  readonly given: Pick<CaseText['given'], 'revision' | 'posture' | 'now' | 'earlier'>;
  readonly world: World;
}

/** Where the repository keeps its cases. */
export const casesFolder = fileURLToPath(new URL('../../../policy/cases', import.meta.url));

/**
 * Reads every `*.yaml` under the folder, in order of path; those in `worlds/` are what the others build on. Throws at the
 * first file that is not as it must be, with its path and the field: `stops/agent.yaml: want.reason: ...`.
 */
export function loadCases(folder: string = casesFolder): readonly Case[] {
  const files = yamlFilesIn(folder);
  const worlds = new Map(
    files.filter(isWorld).map((file) => {
      const world = read(folder, file, worldFileSchema);
      return [world.world, world] as const;
    }),
  );
  return files
    .filter((file) => !isWorld(file))
    .map((file) => {
      const text = read(folder, file, caseSchema);
      const world = worlds.get(text.given.world);
      if (!world) throw new Error(`${file}: given.world: there is no world ${text.given.world}`);
      const { revision, posture, now, earlier } = text.given;
      try {
        return { ...text, file, given: { revision, posture, now, earlier }, world: overlaid(world, text.given) };
      } catch (error) {
        throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    });
}

function isWorld(file: string): boolean {
  return file.startsWith('worlds/');
}

function yamlFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function read<T extends z.ZodType>(folder: string, file: string, schema: T): z.infer<T> {
  const parsed = schema.safeParse(yamlOf(folder, file));
  if (!parsed.success) throw new Error(`${file}: ${firstIssue(parsed.error)}`);
  return parsed.data;
}

function yamlOf(folder: string, file: string): unknown {
  try {
    return parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
