import { parseArgs } from 'node:util';
import { exitCodes } from '@portcullis/contracts';
import { StartProblem } from '../start-problem.js';

export interface IncidentArguments {
  readonly isJson: boolean;
  readonly paceMs: number;
}

const usualPaceMs = 3800;

export function readArguments(words: readonly string[]): IncidentArguments {
  try {
    const options = { json: { type: 'boolean', default: false }, pace: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...words], options });
    const paceMs = values.pace === undefined ? usualPaceMs : Number(values.pace || NaN);
    if (!Number.isInteger(paceMs) || paceMs < 0 || paceMs > 3_600_000) throw new Error(`--pace is "${values.pace}"`);
    return { isJson: values.json, paceMs };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = 'use --json and --pace with whole milliseconds';
    throw new StartProblem('config_invalid', exitCodes.configuration, what, remedy);
  }
}
