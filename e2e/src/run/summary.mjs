/**
 * @typedef {{ project: string, file: string, name: string, state: string, note: string | null }} TestLine
 * @typedef {{ tests: TestLine[], broken: string[], unhandled: number }} Tally
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

const caseSpec = /(^|\/)(case-files|cases|[a-z-]+-cases)\.spec\.ts$/;

/** A file that could not be loaded and an error outside any test are failures too. @param {Tally} tally @returns {Count} */
export function count(tally) {
  const having = (state) => tally.tests.filter((test) => test.state === state).length;
  const unfinished = having('pending');
  return {
    passed: having('passed'),
    failed: having('failed') + unfinished + tally.broken.length + tally.unhandled,
    skipped: having('skipped'),
  };
}

/** @param {Count[]} counts @returns {Count} */
export function add(counts) {
  const sum = (key) => counts.reduce((total, one) => total + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The line scripts read. @param {Count} total */
export function lastLine(total) {
  return `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;
}

/** Nothing passed is a failure: an empty run proves nothing. @param {Count} total */
export function exitCode(total) {
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** @param {Tally} tally */
export function skipLines(tally) {
  return tally.tests
    .filter((test) => test.state === 'skipped')
    .map((test) => `skipped: ${test.name} (${test.project}): ${test.note ?? 'no reason given'}`);
}

/** What failed, a line each: a run's last lines say it, whoever kept only those. @param {Tally} tally */
export function failureLines(tally) {
  const failed = tally.tests.filter(({ state }) => state === 'failed' || state === 'pending');
  return [
    ...failed.map(
      ({ name, project, file, state }) =>
        `${state === 'failed' ? 'failed' : 'never ended'}: ${name} (${project} ${file})`,
    ),
    ...tally.broken.map((file) => `failed before its first test: ${file}`),
    ...(tally.unhandled > 0 ? [`failed outside any test: ${tally.unhandled}`] : []),
  ];
}

/** How many case files ran, and at which levels. @param {Tally[]} tallies @param {number} files */
export function caseLine(tallies, files) {
  const levels = new Map();
  for (const test of tallies.flatMap((tally) => tally.tests)) {
    if (!caseSpec.test(test.file) || test.state === 'skipped') continue;
    levels.set(test.project, (levels.get(test.project) ?? 0) + 1);
  }
  const ran = [...levels].map(([project, tests]) => `${tests} through ${project}`).join(', ');
  return `case files: ${files}; tests run from them: ${ran || 'none'}`;
}
