import { subscribe } from 'node:diagnostics_channel';
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

process.on('message', (message: { type: string; token: string }) => {
  void (async () => {
    if (message.type === 'close') return guard.close().then(() => process.exit(0));
    if (message.type !== 'serve') return;
    const verified = await guard.verify(message.token);
    if ('refused' in verified) throw new Error(`token refused: ${verified.refused}`);
    caller = verified;
    const answer = guard.decide(verified, 'list_tickets', {});
    if ('meta' in answer) throw new Error(`not allowed: ${answer.meta.reason}`);
    await answer.start();
    answer.release('ok');
    waiting = true;
    process.send?.({ type: 'ok' });
  })().catch((cause: unknown) => process.send?.({ type: 'failed', why: String(cause) }));
});
process.on('disconnect', () => process.exit(0));
if (guard.posture === 'fresh') process.send?.({ type: 'fresh' });
