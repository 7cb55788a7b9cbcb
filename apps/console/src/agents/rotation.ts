import type { CredentialStatus } from '../gql/graphql.js';

/** What a rotation is judged by. Instants are milliseconds since the epoch. */
export interface RotatingCredential {
  readonly id: string;
  readonly status: CredentialStatus;
  readonly createdAt: number;
  readonly activatedAt: number | null;
  readonly lastUsedAt: number | null;
  readonly derivedFrom: string | null;
}
export type RotationStage = 'none' | 'idle' | 'prepared' | 'activated' | 'overlap';
export interface Rotation<Credential> {
  readonly stage: RotationStage;
  readonly old: Credential | null;
  readonly next: Credential | null;
}
export type FinishVerdict = 'silent' | 'used-since' | 'too-early' | 'new-unused';

const silentMs = 60_000;

/** Where an agent's rotation stands: which credential is going and which is coming. */
export function rotationOf<Credential extends RotatingCredential>(
  credentials: readonly Credential[],
): Rotation<Credential> {
  const newestOf = (status: CredentialStatus, except?: Credential) =>
    credentials
      .filter((one) => one.status === status && one.id !== except?.id)
      .toSorted((a, b) => startOf(b) - startOf(a))[0] ?? null;
  const prepared = newestOf('prepared');
  const retiring = newestOf('retiring');
  const active = newestOf('active');
  if (prepared) return { stage: 'prepared', old: active ?? retiring, next: prepared };
  if (!active) return { stage: retiring ? 'overlap' : 'none', old: retiring, next: null };
  if (retiring) return { stage: 'overlap', old: retiring, next: active };
  const parent = credentials.find((one) => one.id === active.derivedFrom && one.status === 'active');
  const before = parent ?? newestOf('active', active);
  return before ? { stage: 'activated', old: before, next: active } : { stage: 'idle', old: active, next: null };
}

/** Whether the old credential may go without anybody noticing: only once it is silent and the new one is in use. */
export function finishVerdict(old: RotatingCredential, next: RotatingCredential | null, now: number): FinishVerdict {
  const since = next ? startOf(next) : now;
  const used = old.lastUsedAt ?? 0;
  if (next === null || next.lastUsedAt === null) return 'new-unused';
  if (used >= since) return 'used-since';
  return now - Math.max(used, since) < silentMs ? 'too-early' : 'silent';
}

function startOf({ activatedAt, createdAt }: RotatingCredential): number {
  return activatedAt ?? createdAt;
}
