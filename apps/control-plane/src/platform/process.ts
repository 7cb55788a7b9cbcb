import { readConfig, type Config } from './config.js';
import { openLog, type Log } from './log.js';
import { StartRefusal } from './start-refusal.js';

/** A process at work: what its parent is told, and the way to stop it. */
export interface Running {
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

const stopWithinMs = 5000;

function refuse(log: Log | undefined, error: unknown): never {
  if (error instanceof StartRefusal) {
    process.stderr.write(error.line);
    process.exit(error.exitCode);
  }
  log?.fatal({ err: error }, 'cannot go on');
  process.stderr.write('portcullis: internal: the process cannot go on; see its log\n');
  process.exit(1);
}

/** A process that does one thing and ends: exit 0, or the code of its refusal. */
export async function runTask(name: string, work: (config: Config, log: Log) => Promise<void>): Promise<void> {
  let log: Log | undefined;
  try {
    const config = readConfig(process.env);
    log = openLog(name, config.logLevel);
    await work(config, log);
    process.exit(0);
  } catch (error) {
    refuse(log, error);
  }
}

/** The contract of every child process: `ready` by IPC, and an end by `stop`, a signal, or the loss of its parent. */
export async function runProcess(name: string, start: (config: Config, log: Log) => Promise<Running>): Promise<void> {
  let log: Log | undefined;
  process.on('uncaughtException', (error) => refuse(log, error));
  process.on('unhandledRejection', (error) => refuse(log, error));
  // Before anything is opened: a parent that dies while this process starts must not leave it behind.
  process.on('disconnect', () => process.exit(0));
  try {
    const config = readConfig(process.env);
    log = openLog(name, config.logLevel);
    const running = await start(config, log);
    obeyStop(running, log);
    process.send?.({ type: 'ready', ...running.ready });
    // Not what the parent is told: the claim link in it makes an administrator of whoever reads a log.
    log.info('ready');
  } catch (error) {
    refuse(log, error);
  }
}

function obeyStop(running: Running, log: Log): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('message', (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'stop') stop();
  });
}
