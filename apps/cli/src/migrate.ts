import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './command.js';
import { exitCodes, UsageProblem } from './exit-codes.js';
import { setting } from './installation-files.js';

const databaseExit = 4;

export const migrate: Command = {
  usage: 'portcullis migrate [--json]',
  summary: 'bring the database named by DATABASE_URL up to date (npm start does so by itself)',
  async run(words, { json }, surroundings) {
    if (words.length > 0) throw new UsageProblem(`migrate takes no "${words.join(' ')}"`);
    const url = setting(surroundings, 'DATABASE_URL');
    if (!url) throw new UsageProblem('set DATABASE_URL; the embedded database is migrated by npm start');
    const script = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'control-plane', 'dist', 'migrate.js');
    if (!existsSync(script)) throw new UsageProblem('the control plane is not built; run npm run build');
    const environment = { ...surroundings.environment, DATABASE_URL: url };
    const child = spawn(process.execPath, [script], {
      env: environment,
      stdio: ['ignore', json ? 'ignore' : 'inherit', 'inherit'],
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (json) surroundings.out(JSON.stringify({ migrated: code === 0 }));
    if (code === 0) return exitCodes.done;
    return code === databaseExit ? exitCodes.unreachable : exitCodes.refused;
  },
};
