import { subscribe } from 'node:diagnostics_channel';
import { waitFor } from '@portcullis/testkit';
import { createGuard, type Guard, type VerifiedCaller } from '@portcullis/guard';

/**
 * One whole guard in its own process. It serves one agent at a time and says when the swap that refuses it has happened,
 * and how long the way from the frame's arrival to the swap took.
 */
let frameAt = 0n;
let caller: VerifiedCaller | undefined;
let waiting = false;
const url = process.env['BENCH_GUARD_URL'] ?? '';
const state = process.env['BENCH_STATE'] ?? '';
const guard: Guard = await createGuard({ url, state, joinToken: process.env['BENCH_JOIN_TOKEN'] });

subscribe('portcullis.guard.frame', () => {
  frameAt = process.hrtime.bigint();
});
guard.onChange(() => {
  if (guard.posture === 'fresh' && caller === undefined) process.send?.({ type: 'fresh' });
  if (!waiting || !caller) return;
  const now = process.hrtime.bigint();
  const answer = guard.decide(caller, 'list_tickets', {});
  if (!('meta' in answer) || answer.meta.reason !== 'kill_switch') return;
  waiting = false;
  process.send?.({ type: 'swapped', at: String(now), frameToSwapNs: String(now - frameAt) });
});

async function serve(token: string): Promise<boolean> {
  const verified = await guard.verify(token);
  if ('refused' in verified) return false;
  const answer = guard.decide(verified, 'list_tickets', {});
  if ('meta' in answer || (await answer.start())) return false;
  answer.release('ok');
  caller = verified;
  return true;
}

process.on('message', (message: { type: string; token: string }) => {
  void (async () => {
    if (message.type === 'close') return guard.close().then(() => process.exit(0));
    if (message.type !== 'serve') return;
    // The agent is milliseconds old: its credential may still be on the way to this guard.
    await waitFor(() => serve(message.token), { what: 'a call of the new agent allowed', withinMs: 10_000 });
    waiting = true;
    process.send?.({ type: 'ok' });
  })().catch((cause: unknown) => process.send?.({ type: 'failed', why: String(cause) }));
});
process.on('disconnect', () => process.exit(0));
if (guard.posture === 'fresh') process.send?.({ type: 'fresh' });
