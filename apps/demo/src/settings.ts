import { join } from 'node:path';
import { exitCodes } from '@portcullis/contracts';
import { dataFolder, readDemoFile, type DemoFile } from './demo-file.js';
import { StartProblem } from './start-problem.js';

export interface Settings {
  readonly port: number;
  readonly refundMs: number;
  readonly demo: DemoFile;
  readonly guardState: string;
  readonly refundBook: string;
}

/** Reads the environment and the demo file, and lists every problem at once. */
export async function readSettings(environment: NodeJS.ProcessEnv): Promise<Settings> {
  const data = dataFolder(environment);
  const port = wholeNumber(environment['PORTCULLIS_DEMO_PORT'] || '4100', 0, 65_535);
  const refundMs = wholeNumber(environment['PORTCULLIS_DEMO_REFUND_MS'] || '2000', 0, 60_000);
  const demo = await readDemoFile(data);
  const problems = [
    ...(port === undefined ? ['PORTCULLIS_DEMO_PORT is not a port'] : []),
    ...(refundMs === undefined ? ['PORTCULLIS_DEMO_REFUND_MS is not a number of milliseconds up to 60000'] : []),
    ...(typeof demo === 'string' ? [demo] : []),
  ];
  if (port === undefined || refundMs === undefined || typeof demo === 'string') {
    const remedy = 'correct the environment, or start everything with npm start';
    throw new StartProblem('config_invalid', exitCodes.configuration, problems.join(' · '), remedy);
  }
  return { port, refundMs, demo, guardState: join(data, 'demo-guard'), refundBook: join(data, 'demo-refunds.jsonl') };
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}
