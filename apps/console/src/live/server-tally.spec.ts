import { describe, expect, it } from 'vitest';
import { tallyServers } from './server-tally.js';

const line = (
  server: string,
  boot: string,
  state: 'applied' | 'pending' | 'closed_by_expiry',
  closesInMs: number | null = null,
) => ({
  server,
  guard: 'g',
  boot,
  state,
  appliedMs: state === 'applied' ? 5 : null,
  heldRevision: 1,
  closesInMs,
});

describe('servers counted from guard boots', () => {
  it('counts a server as applied only when every boot of it is', () => {
    const tally = tallyServers({
      lines: [line('a', '1', 'applied'), line('a', '2', 'pending', 900), line('b', '1', 'applied')],
    });

    expect(tally).toEqual({ total: 2, applied: 1, closedByExpiry: 0, pending: [{ server: 'a', closesInMs: 900 }] });
  });

  it('keeps closed by expiry apart from applied', () => {
    const tally = tallyServers({
      lines: [line('a', '1', 'closed_by_expiry'), line('a', '2', 'applied'), line('b', '1', 'applied')],
    });

    expect(tally).toMatchObject({ total: 2, applied: 1, closedByExpiry: 1, pending: [] });
  });

  it('names the latest closing moment, and none when one boot does not say', () => {
    const both = tallyServers({ lines: [line('a', '1', 'pending', 900), line('a', '2', 'pending', 4_000)] });
    const one = tallyServers({ lines: [line('a', '1', 'pending', 900), line('a', '2', 'pending', null)] });

    expect(both.pending[0]?.closesInMs).toBe(4_000);
    expect(one.pending[0]?.closesInMs).toBeNull();
  });
});
