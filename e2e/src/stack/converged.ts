import type { Admin } from './admin.js';

export interface ConvergenceSeen {
  readonly revision: number;
  readonly total: number;
  readonly applied: number;
  readonly pending: number;
  readonly closedByExpiry: number;
  readonly slowestMs: number | null;
}

const document = `subscription($revision: Int) { convergence(revision: $revision) {
  revision total applied pending closedByExpiry slowestMs } }`;

/** Follows a revision as the console does until no line is pending, and gives the last picture. */
export async function converged(admin: Admin, revision: number, withinMs = 15_000): Promise<ConvergenceSeen> {
  const client = admin.live();
  let last: ConvergenceSeen | undefined;
  const timer = setTimeout(() => void client.dispose(), withinMs);
  try {
    for await (const { data, errors } of client.iterate<{ convergence: ConvergenceSeen }>({
      query: document,
      variables: { revision },
    })) {
      if (errors) throw new Error(`convergence refused: ${JSON.stringify(errors)}`);
      last = data?.convergence ?? last;
      if (last && last.total > 0 && last.pending === 0) return last;
    }
  } finally {
    clearTimeout(timer);
    await client.dispose();
  }
  throw new Error(`revision ${revision} did not converge in ${withinMs} ms: ${JSON.stringify(last)}`);
}
