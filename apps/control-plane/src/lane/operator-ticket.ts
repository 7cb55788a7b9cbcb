import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedSigner } from '../keys/feed-signer.js';
import { issueStopTicket, stopTicketLifeMs } from '../keys/stop-ticket.js';

/** Who can read the data folder can stop agents from a shell: the file is renewed long before its ticket ends. */
export function keepOperatorTicket(data: string, signer: FeedSigner): { stop(): void } {
  const file = join(data, 'stop-ticket');
  const renew = () => {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${issueStopTicket(signer, 'operator').ticket}\n`, { mode: 0o600 });
    renameSync(draft, file);
  };
  renew();
  const timer = setInterval(renew, stopTicketLifeMs / 4);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
