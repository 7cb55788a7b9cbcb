import type { AccessTokenClaims } from '@portcullis/contracts';
import { waitFor, type ScriptedLink } from '@portcullis/testkit';
import { createGuard } from './guard.js';
import type { LogLine } from './log.js';
import { newStateFolder } from './new-state-folder.fixture.js';
import type { Denial, Guard, GuardedCall, GuardOptions, TokenRefusal, VerifiedCaller } from './types.js';

/** A guard under test, its state folder and what it logged. */
export interface Started {
  readonly guard: Guard;
  readonly state: string;
  readonly log: readonly LogLine[];
}

/** Starts a guard on the link; without `state` it is a new one. */
export async function started(link: ScriptedLink, options: Partial<GuardOptions> = {}): Promise<Started> {
  const log: LogLine[] = [];
  const state = options.state ?? newStateFolder();
  const joinToken = options.state ? undefined : link.newJoinToken();
  const guard = await createGuard({ url: link.url, joinToken, log: (line) => log.push(line), ...options, state });
  return { guard, state, log };
}

export async function callerOf(
  guard: Guard,
  link: ScriptedLink,
  claims: Partial<AccessTokenClaims> = {},
): Promise<VerifiedCaller> {
  const caller = await guard.verify(await link.token(claims));
  if ('refused' in caller) throw new Error(`the token was refused: ${caller.refused}`);
  return caller;
}

export function allowed(answer: GuardedCall | Denial): GuardedCall {
  if ('meta' in answer) throw new Error(`the call was denied: ${answer.meta.reason}`);
  return answer;
}

export function reasonOf(answer: GuardedCall | Denial | VerifiedCaller | TokenRefusal): string | null {
  if ('meta' in answer) return answer.meta.reason;
  return 'refused' in answer ? answer.refused : null;
}

export function untilPosture(guard: Guard, posture: Guard['posture']): Promise<true> {
  return waitFor(() => guard.posture === posture, { what: `posture ${posture}` });
}
