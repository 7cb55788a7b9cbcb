/** The four limits of P-B2. */
export interface CommandLimits {
  readonly statementTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** How long a kill waits for the counter before it answers `not_stopped`. */
  readonly killLockTimeoutMs: number;
  readonly maxChanges: number;
}

export const standardLimits: CommandLimits = {
  statementTimeoutMs: 1000,
  idleTimeoutMs: 250,
  killLockTimeoutMs: 50,
  maxChanges: 500,
};
