import { parseArgs } from 'node:util';
import type { Command, Options, Surroundings } from './command.js';
import { doctor } from './doctor.js';
import { exitCodes, UsageProblem, type ExitCode } from './exit-codes.js';
import { kill } from './kill.js';
import { migrate } from './migrate.js';
import { policy } from './policy/policy.js';
import { status } from './status.js';

const commands: Readonly<Record<string, Command>> = { status, doctor, kill, policy, migrate };

export async function runCommand(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let command: Command | undefined;
  try {
    const { name, rest, options, wantsHelp } = read(words);
    command = commands[name];
    if (wantsHelp) {
      surroundings.out(command ? usageOf(command) : overview());
      return exitCodes.done;
    }
    if (!command) throw new UsageProblem(name === '' ? 'which command?' : `there is no command "${name}"`);
    return await command.run(rest, options, surroundings);
  } catch (error) {
    if (!isUsage(error)) throw error;
    surroundings.error(`portcullis: ${error.message}`);
    surroundings.error(command ? usageOf(command) : overview());
    return exitCodes.usage;
  }
}

function read(words: readonly string[]): { name: string; rest: string[]; options: Options; wantsHelp: boolean } {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      url: { type: 'string' },
      reason: { type: 'string' },
      'based-on': { type: 'string' },
      drafts: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { json = false, url, reason, 'based-on': based, drafts, help = false } = values;
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw new UsageProblem('--url wants an address like http://localhost:4000');
  }
  const [name = '', ...rest] = positionals;
  if (reason !== undefined && name !== 'kill') throw new UsageProblem('--reason belongs to kill');
  if (based !== undefined && (name !== 'policy' || !/^\d{1,15}$/.test(based)))
    throw new UsageProblem('--based-on belongs to policy apply, and wants a revision');
  if (drafts === true && name !== 'policy') throw new UsageProblem('--drafts belongs to policy apply');
  const basedOn = based === undefined ? undefined : Number(based);
  return { name, rest, options: { json, url, reason, basedOn, drafts }, wantsHelp: help || name === 'help' };
}

function isUsage(error: unknown): error is Error {
  if (error instanceof UsageProblem) return true;
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

function usageOf({ usage, summary }: Command): string {
  return `usage: ${usage}\n  ${summary}`;
}

function overview(): string {
  const lines = Object.values(commands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return [
    'usage: portcullis COMMAND [--json] [--url ADDRESS]',
    ...lines,
    '',
    'PORTCULLIS_TOKEN holds the token: an API token for policy, a stop ticket for kill, which falls back to the one in the data folder',
    '(PORTCULLIS_DATA, default .portcullis).',
    'exit code: 0 done, 1 refused, 2 usage, 3 unreachable',
  ].join('\n');
}
