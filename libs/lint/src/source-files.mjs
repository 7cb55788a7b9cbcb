import { readdirSync } from 'node:fs';
import path from 'node:path';

const passOver = new Set(['node_modules', 'dist', 'coverage', '.nx', '.git', '.portcullis', 'gql', '.cache', 'public']);
const generated = new Set(['libs/contracts/schema.graphql']);
const written = /\.(ts|tsx|mjs|cjs|js|css|yaml|graphql|html)$/;

/** Every file people write, as paths from the root with forward slashes. Works in a checkout without git. */
export function sourceFiles(root) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const place = path.posix.join(folder, entry.name);
      if (entry.isDirectory() && !passOver.has(entry.name)) walk(place);
      else if (entry.isFile() && written.test(entry.name) && !generated.has(place)) found.push(place);
    }
  };
  walk('.');
  return found.sort();
}
