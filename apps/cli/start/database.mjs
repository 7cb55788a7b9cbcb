import { join } from 'node:path';
import { StartProblem, exits } from './problem.mjs';
import { say } from './say.mjs';

const restarts = 5;
const forgivenAfterMs = 60_000;

/**
 * @typedef {object} Database
 * @property {string} url
 * @property {() => number | null} pid
 * @property {() => Promise<void>} stop
 */

/**
 * The database named by DATABASE_URL, or the embedded one, started again when it dies by itself.
 * @param {import('./config.mjs').Config} config
 * @param {{onChange: () => void, onLost: (problem: StartProblem) => void}} events
 * @returns {Promise<Database>}
 */
export async function openDatabase(config, events) {
  const postgres = await import('@portcullis/postgres');
  try {
    if (config.databaseUrl) {
      await postgres.assertPostgresVersion(config.databaseUrl);
      return { url: config.databaseUrl, pid: () => null, stop: async () => undefined };
    }
    return await embedded(postgres.startPostgres, config, events);
  } catch (error) {
    throw asStartProblem(error);
  }
}

/**
 * @param {typeof import('@portcullis/postgres').startPostgres} startPostgres
 * @param {import('./config.mjs').Config} config
 * @param {{onChange: () => void, onLost: (problem: StartProblem) => void}} events
 * @returns {Promise<Database>}
 */
async function embedded(startPostgres, config, { onChange, onLost }) {
  const dataFolder = join(config.data, 'postgres');
  let running = await startPostgres({ dataFolder });
  const { url } = running;
  let failures = 0;
  let startedAt = performance.now();
  const watch = () => {
    running.onExit(({ expected, code, signal }) => {
      if (!expected) void startAgain(signal ?? `exit ${code}`);
    });
  };
  /** @param {string} how */
  const startAgain = async (how) => {
    failures = performance.now() - startedAt > forgivenAfterMs ? 1 : failures + 1;
    say(`portcullis: Postgres stopped (${how}); starting it again`);
    try {
      if (failures > restarts) throw new Error(`it stopped ${failures} times in short order`);
      running = await startPostgres({ dataFolder });
      startedAt = performance.now();
      if (running.url !== url) throw new Error('another program took its port');
      watch();
      onChange();
    } catch (error) {
      onLost(asStartProblem(error));
    }
  };
  watch();
  return { url, pid: () => running.pid, stop: () => running.stop() };
}

/** @param {unknown} error */
function asStartProblem(error) {
  if (error instanceof StartProblem) return error;
  const { code, message } = /** @type {{code?: string, message?: string}} */ (error);
  if (code && /^(database|postgres)_/.test(code)) return new StartProblem(code, exits.database, message ?? code);
  return new StartProblem(
    'postgres_start_failed',
    exits.database,
    `${message}; look into postgres/postgres.log in the data folder`,
  );
}
