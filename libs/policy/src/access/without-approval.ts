import type { CompiledGrant } from '../state.js';
import { isSatisfiable } from '../unlock/is-satisfiable.js';

type Authored = Pick<CompiledGrant, 'authored' | 'promised'>;
type Read = Readonly<Record<string, unknown>>;

const none: readonly unknown[] = [];

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

const ofKind = (promised: readonly unknown[], kind: string): readonly Read[] =>
  (promised as readonly Read[]).filter((one) => one['kind'] === kind);

/** Whether any call by this grant may have to wait for a person. */
export function mayAsk({ promised }: Authored): boolean {
  return promised.length > 0 && ofKind(promised, 'approval').length > 0;
}

/**
 * What the arguments have to keep for the grant to run the call without asking a person: its constraints and what its approvals
 * name after `unless`. `undefined`: it always asks, because an approval names nothing or nothing can keep all of it.
 */
export function limitsWithoutApproval({ authored, promised }: Authored): readonly unknown[] | undefined {
  if (promised.length === 0) return authored;
  const approvals = ofKind(promised, 'approval').map(({ unless }) => listed(unless));
  if (approvals.length === 0) return authored;
  if (approvals.some((unless) => unless.length === 0)) return undefined;
  const limits = [...authored, ...approvals.flat()];
  return isSatisfiable(limits) ? limits : undefined;
}

/** What quotas of the grant leave for the parameter at `path` in one call, however little of them is spent. */
export function quotaLimits({ promised }: Authored, path: string | undefined): readonly unknown[] {
  if (path === undefined || promised.length === 0) return none;
  return ofKind(promised, 'quota').flatMap(({ amount }) => {
    const { path: counted, max } = (amount ?? {}) as Read;
    if (counted !== path) return [];
    return [
      { kind: 'min', path, value: 0 },
      { kind: 'max', path, value: max },
    ];
  });
}
