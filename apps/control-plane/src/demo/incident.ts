import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, LOG } from '../app/provided.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';

const program = fileURLToPath(new URL('../../../demo/dist/incident.js', import.meta.url));

/** What the incident's process needs of our environment; the database's address is not among it. */
const passedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'NODE_ENV',
  'NODE_OPTIONS',
  'PORTCULLIS_DEMO_PORT',
  'PORTCULLIS_DEMO_REFUND_MS',
];

/** Plays the demo's incident in a process of its own, one at a time. */
@Injectable()
export class Incident implements OnApplicationShutdown {
  private running: ChildProcess | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  play(): void {
    if (!this.config.isDemo) throw new Refusal('forbidden', 'the demo is off');
    if (this.running !== undefined) throw new Refusal('conflict', 'the incident is being played already');
    if (!existsSync(program)) throw new Refusal('unavailable', 'the demo is not built; run npm run build');
    const given = Object.fromEntries(
      passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    );
    const child = spawn(process.execPath, [program, '--json'], {
      env: { ...given, PORTCULLIS_DATA: this.config.data },
      stdio: 'ignore',
    });
    this.running = child;
    child.once('error', (error) => this.ended(`it could not be started: ${error.message}`));
    child.once('exit', (code) => this.ended(`it ended with ${code}`));
  }

  onApplicationShutdown(): void {
    this.running?.kill();
  }

  private ended(how: string): void {
    this.running = undefined;
    this.log.info({ how }, 'the incident was played');
  }
}
