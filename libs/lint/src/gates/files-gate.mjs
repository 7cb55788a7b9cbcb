import { readFileSync } from 'node:fs';
import path from 'node:path';
import { colourIn, colourMessage, isThemeFile } from '../colours.mjs';
import { exceptions } from '../exceptions.mjs';
import { sourceFiles } from '../source-files.mjs';
import { fileNameTrouble } from '../words.mjs';

export const longestSource = 300;
export const longestSpec = 500;

const unfinished = /\b(TODO|FIXME)\b/;

/** Sizes, names, unfinished marks and colours in style sheets. Returns one line per trouble. */
export function filesGate(root, { allowed = exceptions, files = sourceFiles(root) } = {}) {
  const used = new Set();
  const troubles = files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return [
      ...unless(allowed, used, file, 'name', fileNameTrouble(file)),
      ...unless(allowed, used, file, 'size', sizeTrouble(file, text)),
      ...lineTroubles(file, text),
    ];
  });
  const idle = allowed.filter((one) => !used.has(one));
  return [
    ...troubles,
    ...idle.map(
      (one) => `${one.file}: its exception from "${one.gate}" is no longer needed; remove it from exceptions.mjs`,
    ),
  ];
}

function unless(allowed, used, file, gate, trouble) {
  if (trouble === null) return [];
  const exception = allowed.find((one) => one.file === file && one.gate === gate);
  if (exception) used.add(exception);
  return exception ? [] : [`${file}: ${trouble}`];
}

function sizeTrouble(file, text) {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const longest = /\.spec\.(ts|tsx|mjs)$/.test(file) ? longestSpec : longestSource;
  if (lines <= longest) return null;
  return `${lines} lines, at most ${longest}. A file answers one question; find the second one in it and give it its own file.`;
}

function lineTroubles(file, text) {
  const checksColours = file.endsWith('.css') && !isThemeFile(file);
  if (file.startsWith('libs/lint/')) return [];
  return text.split('\n').flatMap((line, n) => {
    const colour = checksColours ? colourIn(line) : null;
    return [
      ...(unfinished.test(line)
        ? [`${file}:${n + 1}: an unfinished mark. Finish it, or open an issue and leave the code whole.`]
        : []),
      ...(colour ? [`${file}:${n + 1}: ${colour}: ${colourMessage}`] : []),
    ];
  });
}
