import type { ConvergencePartsFragment } from '../gql/graphql.js';

export interface ServerTally {
  readonly total: number;
  readonly applied: number;
  readonly closedByExpiry: number;
  readonly pending: readonly PendingServer[];
}

export interface PendingServer {
  readonly server: string;
  /** Milliseconds until its last guard refuses by itself; null when not known. */
  readonly closesInMs: number | null;
}

/**
 * Guard boots counted as servers. A server is applied when every guard boot of it is; one pending boot makes it pending,
 * so the figure is never higher than the truth.
 */
export function tallyServers({ lines }: Pick<ConvergencePartsFragment, 'lines'>): ServerTally {
  const servers = new Map<string, ConvergencePartsFragment['lines'][number][]>();
  for (const line of lines) servers.set(line.server, [...(servers.get(line.server) ?? []), line]);
  const pending: PendingServer[] = [];
  let applied = 0;
  let closedByExpiry = 0;
  for (const [server, boots] of servers) {
    const waiting = boots.filter((boot) => boot.state === 'pending');
    if (waiting.length > 0) pending.push({ server, closesInMs: latest(waiting.map((boot) => boot.closesInMs)) });
    else if (boots.some((boot) => boot.state === 'closed_by_expiry')) closedByExpiry += 1;
    else applied += 1;
  }
  return { total: servers.size, applied, closedByExpiry, pending };
}

function latest(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (worst, value) => (value === null || worst === null ? null : Math.max(worst, value)),
    0,
  );
}
