import { agentStop, scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuard } from './guard.js';
import { newStateFolder } from './new-state-folder.fixture.js';
import type { Guard } from './types.js';

let link: ScriptedLink;
let guard: Guard | undefined;
beforeEach(async () => {
  link = await scriptedLink();
});
afterEach(async () => {
  await guard?.close();
  await link.close();
});

describe('a guard on a real link', () => {
  it('enrols, gets a lease, allows, and refuses after a kill', async () => {
    guard = await createGuard({
      url: link.url,
      joinToken: link.newJoinToken(),
      state: newStateFolder(),
    });
    expect(guard.posture).toBe('fresh');
    const caller = await guard.verify(await link.token());
    if ('refused' in caller) throw new Error(caller.refused);
    const call = guard.decide(caller, 'refund', { amount: 20 });
    if (!('start' in call)) throw new Error(call.meta.reason);
    expect(await call.start()).toBeUndefined();
    const revision = link.commit(agentStop('e1', 'cs-prod'));
    await waitFor(() => call.signal.aborted, { what: 'the abort' });
    expect(call.signal.reason).toMatchObject({ meta: { outcome: 'aborted', reason: 'kill_switch', revision } });
    const again = guard.decide(caller, 'refund', { amount: 20 });
    expect(again).toMatchObject({ meta: { reason: 'kill_switch', revision } });
    const told = await waitFor(() => link.events.length === 5 && link.events, { what: 'five events' });
    expect(told.map(({ type }) => type)).toEqual(['posture', 'decision', 'intent', 'outcome', 'decision']);
  });
});
