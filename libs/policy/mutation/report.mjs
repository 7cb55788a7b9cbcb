/** Of a hundred mutants so many have to be killed. */
const target = 90;
const caught = new Set(['Killed', 'Timeout']);
const survived = new Set(['Survived', 'NoCoverage']);

/** What a reader of the run wants to know: the score in percent, per file and in all, and every mutant that lives. */
export function reportOf({ files }) {
  const perFile = Object.entries(files).map(([file, { mutants }]) => ({ file, ...tallyOf(mutants) }));
  const all = tallyOf(Object.values(files).flatMap(({ mutants }) => mutants));
  const survivors = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.filter(({ status }) => survived.has(status)).map((mutant) => survivorOf(file, mutant)),
  );
  return { ...all, target, ok: all.score >= target, files: perFile.toSorted((a, b) => a.score - b.score), survivors };
}

function tallyOf(mutants) {
  const killed = mutants.filter(({ status }) => caught.has(status)).length;
  const alive = mutants.filter(({ status }) => survived.has(status)).length;
  const score = killed + alive === 0 ? 100 : Math.round((1000 * killed) / (killed + alive)) / 10;
  return { mutants: killed + alive, killed, survived: alive, score };
}

function survivorOf(file, { location, mutatorName, replacement, status }) {
  return { file, line: location.start.line, mutator: mutatorName, replacement, isCovered: status === 'Survived' };
}

/** The same for a reader without a parser. */
export function textOf({ mutants, killed, score, ok, survivors }) {
  const lines = survivors.map((one) => `${one.file}:${one.line}  ${one.mutator}  ${one.replacement}`);
  return [
    ...lines,
    `${killed} of ${mutants} mutants killed: ${score} % (target ${target} % ${ok ? 'met' : 'MISSED'})`,
  ].join('\n');
}
