import { isAlias, isNode, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { FilesRefused, type FileProblem } from './file-problem.js';
import { readText } from './read-text.js';

/** A file as data, and the line each part of it stands at. */
export interface ReadYaml {
  readonly data: unknown;
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/**
 * Reads one YAML document without aliases, anchors, tags or repeated keys: nothing in it means another thing than it says, and
 * nothing unfolds. Throws `FilesRefused` with the lines.
 */
export function readYaml(path: string, file: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(readText(path, file), {
    ...{ lineCounter: lines, uniqueKeys: true, strict: true, schema: 'core', merge: false, stringKeys: true },
    prettyErrors: false,
  });
  const at = (offset: number) => lines.linePos(offset).line;
  const problems: FileProblem[] = document.errors.map(({ message, pos }) => ({ file, line: at(pos[0]), message }));
  if (problems.length === 0) problems.push(...unfolding(document, file, at));
  if (problems.length > 0) throw new FilesRefused(problems);
  return { data: document.toJS({ maxAliasCount: 0 }) as unknown, lineOf: (asked) => lineIn(document, asked, at) };
}

function unfolding(document: Document, file: string, at: (offset: number) => number): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  visit(document, {
    Node(_key, node) {
      const line = at(node.range?.[0] ?? 0);
      if (isAlias(node)) problems.push({ file, line, message: 'aliases are not read: write it out' });
      else if (node.anchor !== undefined) problems.push({ file, line, message: 'anchors are not read: write it out' });
      else if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
        problems.push({ file, line, message: `the tag ${node.tag} is not read` });
    },
  });
  return problems;
}

/** Of the nearest part of it that is there. */
function lineIn(
  document: Document,
  path: readonly (string | number)[],
  at: (offset: number) => number,
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length).map(asKey), true);
    if (isNode(node) && node.range) return at(node.range[0]);
  }
  return undefined;
}

const asKey = (part: string | number) => (typeof part === 'string' && /^\d+$/.test(part) ? Number(part) : part);
