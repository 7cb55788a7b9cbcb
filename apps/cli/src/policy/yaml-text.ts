import { stringify } from 'yaml';

/** One value a line, never folded: a difference in Git is a difference of what is said. */
export function yamlText(content: unknown): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
