import { parseJoinToken } from '@portcullis/contracts';
import { loadEngines } from '@portcullis/policy/engines';
import { beginBoot } from './boot-record.js';
import { systemClock, type Clock } from './clock.js';
import { readJoinToken } from './enrol.js';
import { GuardError } from './guard-error.js';
import { HighWaterMark } from './high-water.js';
import { readIdentity, type Identity } from './identity.js';
import { quietly } from './log.js';
import { ownKeyIn } from './own-key.js';
import { ControlPlane } from './post.js';
import { QuotaLedger } from './quota/quota-ledger.js';
import { FullRecords } from './records/full-records.js';
import { RecordFiles } from './records/record-files.js';
import { Runtime } from './runtime.js';
import { Risk } from './signals/risk.js';
import { Scoring } from './signals/scoring.js';
import { Spool } from './spool.js';
import { StateFolder } from './state-folder.js';
import type { Guard, GuardOptions } from './types.js';

/**
 * Starts an enforcement point. The state folder's identity is used, or made with the join token. It resolves as soon as the
 * guard is fresh, and without that when the control plane does not answer or two seconds have passed: the guard is then
 * `severed`, refuses every call, and goes on trying by itself.
 *
 * Throws `GuardError` for what only the host or its operator can put right, with one of the codes listed there; never
 * because the control plane is away.
 *
 * @example
 * const guard = await createGuard({ url: 'http://localhost:4001', joinToken: process.env.PORTCULLIS_JOIN, state: './guard' });
 */
export function createGuard(options: GuardOptions): Promise<Guard> {
  return startGuard(options, systemClock);
}

/** The same with a clock of one's own. */
export async function startGuard(options: GuardOptions, clock: Clock): Promise<Guard> {
  if (!/^https?:\/\//.test(options.url) || !URL.canParse(options.url)) {
    throw new GuardError('url_invalid', `${options.url} is not an http or https address; give the guard listener's`);
  }
  const log = quietly(options.log);
  const scoring = Scoring.of(options, { clock, log });
  const folder = StateFolder.open(options.state);
  const known = readIdentity(folder);
  const isElsewhere = known && isForAnother(known, options.joinToken);
  const identity = isElsewhere ? undefined : known;
  const token = identity ? undefined : readJoinToken(options.joinToken);
  if (isElsewhere) {
    HighWaterMark.forget(folder);
    QuotaLedger.forget(folder);
    RecordFiles.forget(folder);
  }
  const key = ownKeyIn(folder);
  const mark = new HighWaterMark(folder);
  const boot = beginBoot(folder);
  const [spool, leftovers] = await Spool.open({ folder, boot: boot.id, clock });
  const records = new FullRecords(folder);
  const controlPlane = new ControlPlane(options.url);
  const engines = await loadEngines();
  const risk = new Risk(scoring, engines);
  const runtime = new Runtime({
    ...{ folder, key, mark, boot, spool, leftovers, records },
    ...{ controlPlane, clock, engines, risk, log },
  });
  try {
    if (identity) await runtime.connect(identity);
    if (token) await runtime.join(token);
  } catch (error) {
    await runtime.close();
    throw error;
  }
  return runtime.guard;
}

/** A join token of another control plane: the operator has moved this guard, and what it knew belongs to the old one. */
function isForAnother(identity: Identity, joinToken: string | undefined): boolean {
  const token = joinToken === undefined ? undefined : parseJoinToken(joinToken);
  return token !== undefined && token.rootHash !== identity.rootHash;
}
