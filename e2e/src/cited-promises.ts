import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A promise id and a spec file that cites it. */
export interface Citation {
  readonly id: string;
  readonly file: string;
}

const call = /\bpromise\(\s*(\[[^\]]*\]|'[^']*'|"[^"]*")/g;
const literal = /['"]([^'"]+)['"]/g;

/** The ids cited by `promise(…)` in one text. Read statically, so that a scenario that was skipped still counts. */
export function citedIn(text: string): string[] {
  return [...text.matchAll(call)].flatMap(([, ids = '']) => [...ids.matchAll(literal)].map(([, id = '']) => id));
}

/** Every citation in the spec files of some folders; a folder that does not exist has none. */
export async function citations(folders: readonly string[]): Promise<Citation[]> {
  const found = await Promise.all(folders.map(citationsOf));
  return found.flat();
}

async function citationsOf(folder: string): Promise<Citation[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const specs = names.filter((name) => name.endsWith('.spec.ts'));
  const texts = await Promise.all(specs.map((name) => readFile(path.join(folder, name), 'utf8')));
  return specs.flatMap((file, n) => citedIn(texts[n] ?? '').map((id) => ({ id, file })));
}

/** What stands on one side only. Both lists are empty when every promise is proven and every proof was promised. */
export function gaps(
  promised: readonly string[],
  cited: readonly Citation[],
): { unproven: string[]; unpromised: string[] } {
  const ids = new Set(cited.map(({ id }) => id));
  return {
    unproven: promised.filter((id) => !ids.has(id)),
    unpromised: cited.filter(({ id }) => !promised.includes(id)).map(({ id, file }) => `${id} in ${file}`),
  };
}
