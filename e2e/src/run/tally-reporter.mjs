import { writeFileSync } from 'node:fs';

const setUpFailed = 'its file failed before it could run';

/** Writes what a vitest run did to the file named by PORTCULLIS_TALLY, so that several runs can be added up. */
export class TallyReporter {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => line(module, test)));
    const broken = modules.filter((module) => failedWithoutATest(module)).map((module) => module.relativeModuleId);
    const tally = { tests, broken, unhandled: unhandled.length };
    writeFileSync(process.env['PORTCULLIS_TALLY'] ?? 'tally.json', JSON.stringify(tally));
  }
}

function line(module, test) {
  const result = test.result();
  return {
    project: test.project.name,
    file: module.relativeModuleId,
    name: test.fullName,
    state: result.state,
    note: result.note ?? (result.state === 'skipped' && module.state() === 'failed' ? setUpFailed : null),
  };
}

function failedWithoutATest(module) {
  if (module.state() !== 'failed') return false;
  return ![...module.children.allTests('failed')].length;
}

export default TallyReporter;
