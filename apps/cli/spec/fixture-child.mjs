// A stand-in for one process of the control plane: says ready, then lives until it is told to stop or its parent is gone.
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const data = process.env.PORTCULLIS_DATA;
const name = process.argv[1].match(/fixture-(\w+)\.mjs$/)?.[1] ?? '';
const note = (what) => appendFileSync(join(data, 'events'), `${name} ${what}\n`);

if (existsSync(join(data, `refuse-${name}`))) {
  process.stderr.write('portcullis: port_in_use: somebody was quicker; stop it\n');
  process.exit(3);
}
process.on('disconnect', () => process.exit(0));
const stop = () => {
  note('stopped');
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('message', (message) => message.type === 'stop' && stop());
setInterval(() => undefined, 60_000);
note('ready');
process.send(
  name === 'api' ? { type: 'ready', claimUrl: 'http://localhost:1/claim#once', revision: 7 } : { type: 'ready' },
);
