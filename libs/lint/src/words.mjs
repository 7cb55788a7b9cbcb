const empty = new Set([
  'util',
  'utils',
  'common',
  'helper',
  'helpers',
  'misc',
  'manager',
  'managers',
  'handler',
  'handlers',
  'impl',
]);

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const component = /^[A-Z][A-Za-z0-9]*(\.[a-z]+)*$/;

/** The words of an identifier or a file name: `GuardManager` and `guard-manager` are both guard, manager. */
export function wordsOf(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/** The word in a name that says nothing about the thing, or null. `Base` only counts where it stands for a kind of thing. */
export function emptyWordIn(name, { isKind = false } = {}) {
  const words = wordsOf(name);
  const found = words.find((word) => empty.has(word));
  if (found) return found;
  return isKind && (words[0] === 'base' || (words.length > 1 && words.at(-1) === 'base')) ? 'base' : null;
}

/** Why a file's name is wrong, or null. React components are PascalCase because that is what they export. @param {string} file */
export function fileNameTrouble(file) {
  const name = file.split('/').at(-1) ?? file;
  if (name.startsWith('.')) return null;
  const stem = name.replace(/\.[a-z]+$/, '');
  for (const part of file.replace(/\.[a-z]+$/, '').split('/')) {
    const word = emptyWordIn(part, { isKind: !name.endsWith('.css') });
    if (word)
      return `"${word}" says where code was put, not what it answers. Name the file after the question it answers.`;
  }
  if (/\.(tsx|module\.css)$/.test(name) && component.test(stem)) return null;
  if (kebab.test(stem)) return null;
  const wanted = name.endsWith('.tsx')
    ? 'PascalCase for a React component, kebab-case otherwise'
    : 'kebab-case with a role suffix';
  return `use ${wanted}, so that a name can be guessed and does not depend on the file system's case.`;
}
