import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { assertPostgresVersion } from '@portcullis/postgres';
import type { Surroundings } from './command.js';
import { dataFolder, readRunFile, readStopTicket, setting } from './installation-files.js';

export interface Finding {
  readonly verdict: 'fine' | 'trouble' | 'unknown';
  readonly what: string;
  readonly remedy?: string;
}

type Check = (surroundings: Surroundings) => Finding | Promise<Finding>;

const fine = (what: string): Finding => ({ verdict: 'fine', what });
const unknown = (what: string, remedy: string): Finding => ({ verdict: 'unknown', what, remedy });
const trouble = (what: string, remedy: string): Finding => ({ verdict: 'trouble', what, remedy });

const node: Check = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  return isNewEnough
    ? fine(process.versions.node)
    : trouble(`${process.versions.node} is too old`, 'install Node 20.19 or later');
};

const folder: Check = (surroundings) => {
  const path = dataFolder(surroundings);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats)
    return unknown(`${path} does not exist yet`, 'run npm start, or set PORTCULLIS_DATA to the folder in use');
  const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
  return (stats.mode & 0o077) === 0
    ? fine(`${path} is ${mode}`)
    : trouble(`${path} is ${mode} and others can enter it`, `run chmod 700 ${path}`);
};

const processes: Check = (surroundings) => {
  const run = readRunFile(surroundings);
  if (!run) return unknown('nothing runs from this data folder', 'run npm start');
  const dead = Object.entries({ supervisor: run.pid, ...run.pids }).filter(([, pid]) => pid !== null && !isAlive(pid));
  if (dead.length === 0) return fine('all alive');
  return trouble(
    `${dead.map(([name, pid]) => `${name} (${pid})`).join(', ')} no longer lives`,
    'run npm start again; why it ended stands in logs/ of the data folder',
  );
};

const ports: Check = async (surroundings) => {
  const run = readRunFile(surroundings);
  const wanted = { PORTCULLIS_PORT: '4000', PORTCULLIS_GUARD_PORT: '4001', PORTCULLIS_KILL_PORT: '4002' };
  const isOn = await Promise.all(
    Object.entries(wanted).map(async ([name, fallback]) => {
      const port = Number(setting(surroundings, name) ?? fallback);
      return { name, port, answers: await answers(port) };
    }),
  );
  const odd = isOn.filter(({ answers: does }) => does !== (run !== undefined));
  if (odd.length === 0) return fine(run ? 'all answer' : 'all free');
  const list = odd.map(({ name, port }) => `${port} (${name})`).join(', ');
  return run
    ? trouble(
        `nobody answers on ${list}`,
        'look into logs/ of the data folder; when it was started with other ports, set the same ones here',
      )
    : trouble(`something else listens on ${list}`, 'stop it, or choose other ports');
};

const database: Check = async (surroundings) => {
  const url = setting(surroundings, 'DATABASE_URL');
  if (!url) return embeddedDatabase(surroundings);
  try {
    const version = await assertPostgresVersion(url);
    return fine(`Postgres ${Math.floor(version / 10_000)} answers`);
  } catch (error) {
    const [what = '', ...remedy] = (error instanceof Error ? error.message : String(error)).split('; ');
    return trouble(what, remedy.join('; ') || 'check DATABASE_URL');
  }
};

function embeddedDatabase(surroundings: Surroundings): Finding {
  const pid = readRunFile(surroundings)?.pids['postgres'];
  if (typeof pid !== 'number') return unknown('the embedded one does not run', 'run npm start, or set DATABASE_URL');
  const log = join(dataFolder(surroundings), 'postgres', 'postgres.log');
  return isAlive(pid)
    ? fine(`the embedded one runs (${pid})`)
    : trouble('the embedded one has stopped', `read ${log} and run npm start again`);
}

const stopTicket: Check = (surroundings) => {
  if (readStopTicket(surroundings)) return fine('can be read');
  const file = join(dataFolder(surroundings), 'stop-ticket');
  if (!readRunFile(surroundings)) return unknown('none yet', 'it is written when the control plane starts');
  return trouble(
    `${file} cannot be read, so portcullis kill cannot stop anything from here`,
    'run as the user that runs npm start, or set PORTCULLIS_TOKEN',
  );
};

/** By the name under which `portcullis doctor` reports them, in the order in which one trouble explains the next. */
export const checks: Readonly<Record<string, Check>> = {
  node,
  'data folder': folder,
  database,
  processes,
  ports,
  'stop ticket': stopTicket,
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost', autoSelectFamily: true });
    const settle = (does: boolean) => {
      socket.destroy();
      resolve(does);
    };
    socket.setTimeout(2_000, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
