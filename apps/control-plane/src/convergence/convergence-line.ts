import type { Convergence, ConvergenceLine } from './convergence.model.js';

/** A guard boot that matters to a revision, as the database has it. Times are milliseconds. */
export interface BootRow {
  readonly server: string;
  readonly guard: string;
  readonly boot: string;
  readonly heldRevision: number | null;
  /** From the commit to the guard's word that it applied the revision; null when it has not said so. */
  readonly appliedMs: number | null;
  /** Until the lease last handed out ends; negative once it has, null when there never was one. */
  readonly leaseLeftMs: number | null;
}

/** After its lease a guard refuses by itself; this much longer is waited before that is said. */
const afterLeaseMs = 250;

export function lineOf(row: BootRow, revision: number): ConvergenceLine {
  const { server, guard, boot, heldRevision } = row;
  const isApplied = row.appliedMs !== null || (heldRevision !== null && heldRevision >= revision);
  const closesInMs = isApplied ? null : Math.max(0, row.leaseLeftMs === null ? 0 : row.leaseLeftMs + afterLeaseMs);
  const state = isApplied ? 'applied' : closesInMs === 0 ? 'closed_by_expiry' : 'pending';
  return {
    server,
    guard,
    boot,
    heldRevision,
    state,
    appliedMs: row.appliedMs === null ? null : Math.max(0, row.appliedMs),
    closesInMs,
  };
}

export function convergenceOf(revision: number, committedAt: Date, lines: ConvergenceLine[]): Convergence {
  const count = (state: ConvergenceLine['state']) => lines.filter((line) => line.state === state).length;
  const times = lines.flatMap((line) => (line.appliedMs === null ? [] : [line.appliedMs]));
  return {
    revision,
    committedAt,
    total: lines.length,
    applied: count('applied'),
    closedByExpiry: count('closed_by_expiry'),
    pending: count('pending'),
    slowestMs: times.length === 0 ? null : times.reduce((slowest, ms) => Math.max(slowest, ms)),
    lines,
  };
}
