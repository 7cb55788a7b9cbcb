/** Of a hundred mutants so many have to be killed. */
const target = 90;
const caught = new Set(['Killed', 'Timeout']);
const survived = new Set(['Survived', 'NoCoverage', 'RuntimeError', 'CompileError', 'Pending']);

/**
 * What a reader of the run wants to know: the score in percent, per folder, per file and in all, and every mutant that lives. Killed
 * are those that timed out, too; survived those no test covers, and those nothing could be found out about. Ignored are what only runs
 * at import: they count nowhere.
 */
export function reportOf({ files }) {
  const perFile = Object.entries(files).map(([file, { mutants }]) => ({ file, ...tallyOf(mutants) }));
  const all = tallyOf(Object.values(files).flatMap(({ mutants }) => mutants));
  const survivors = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.filter(({ status }) => survived.has(status)).map((mutant) => survivorOf(file, mutant)),
  );
  const folders = foldersOf(files).map(([folder, mutants]) => ({ folder, ...tallyOf(mutants) }));
  const sorted = perFile.toSorted((a, b) => a.score - b.score);
  return { ...all, target, ok: all.score >= target, folders, files: sorted, survivors };
}

function foldersOf(files) {
  const folders = new Map();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    folders.set(folder, [...(folders.get(folder) ?? []), ...mutants]);
  }
  return [...folders];
}

function tallyOf(mutants) {
  const count = (wanted) => mutants.filter(({ status }) => status === wanted).length;
  const killed = mutants.filter(({ status }) => caught.has(status)).length;
  const alive = mutants.filter(({ status }) => survived.has(status)).length;
  const score = killed + alive === 0 ? 100 : Math.round((1000 * killed) / (killed + alive)) / 10;
  const apart = { timedOut: count('Timeout'), uncovered: count('NoCoverage'), ignored: count('Ignored') };
  return { mutants: killed + alive, killed, survived: alive, score, ...apart };
}

function survivorOf(file, { location, mutatorName, replacement, status }) {
  return { file, line: location.start.line, mutator: mutatorName, replacement, isCovered: status !== 'NoCoverage' };
}

/** The same for a reader without a parser. */
export function textOf({ mutants, killed, score, ok, folders, survivors }) {
  const lines = survivors.map((one) => `${one.file}:${one.line}  ${one.mutator}  ${one.replacement}`);
  const parts = folders.map((one) => `${one.folder}: ${one.killed} of ${one.mutants}, ${one.score} %`);
  return [
    ...lines,
    ...parts,
    `${killed} of ${mutants} mutants killed: ${score} % (target ${target} % ${ok ? 'met' : 'MISSED'})`,
  ].join('\n');
}
