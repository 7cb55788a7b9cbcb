import { domains, helloSchema, signedTextSchema, type Hello } from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import type { ControlClock } from './control-clock.js';
import type { GuardDirectory, KnownGuard } from './guard-directory.js';
import type { Nonces } from './nonces.js';

const freshWithinMs = 60_000;

export interface Greeted {
  readonly guard: KnownGuard;
  readonly boot: string;
}

/** Why a hello was not taken: for the log. The outside sees one close code. */
export type HelloRefusal = 'malformed' | 'unknown_guard' | 'wrong_signature' | 'not_fresh' | 'repeated' | 'evicted';

export interface HelloChecks {
  readonly directory: GuardDirectory;
  readonly clock: ControlClock;
  readonly nonces: Nonces;
  isEvicted(guard: string): boolean;
}

/** Who opens this socket: the guard's own key says so, once per nonce and within 60 s of control time. */
export async function readHello(params: unknown, checks: HelloChecks): Promise<Greeted | HelloRefusal> {
  const text = helloTextOf(params);
  const hello = text && helloOf(text.payload);
  if (!text || !hello) return 'malformed';
  const guard = await checks.directory.find(hello.guard);
  if (!guard) return 'unknown_guard';
  if (!isSignedBy(domains.hello, text, guard.key)) return 'wrong_signature';
  if (Math.abs(hello.at - checks.clock.now()) > freshWithinMs) return 'not_fresh';
  if (!checks.nonces.take(`${guard.id} ${hello.nonce}`)) return 'repeated';
  if (checks.isEvicted(guard.id)) return 'evicted';
  return { guard, boot: hello.boot };
}

function helloTextOf(params: unknown) {
  if (typeof params !== 'object' || params === null || !('hello' in params)) return undefined;
  try {
    return signedTextSchema.safeParse(typeof params.hello === 'string' ? JSON.parse(params.hello) : params.hello).data;
  } catch {
    return undefined;
  }
}

function helloOf(payload: string): Hello | undefined {
  try {
    return helloSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
