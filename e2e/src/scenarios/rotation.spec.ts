import { expect } from 'vitest';
import { promise } from '../promise.js';
import { rotationSoak } from '../soak/rotation.js';

promise(
  'R-ROTATE-1',
  'credentials that live for seconds are rotated under agents that never stop calling',
  async () => {
    const seen = await rotationSoak({ progress: () => undefined, rotations: 6, calls: 200, agents: 3, seed: 1 });
    expect(seen.problems).toEqual([]);
    expect([seen.failed, seen.wronglyAllowed]).toEqual([0, 0]);
    expect(seen.rotations).toBeGreaterThanOrEqual(6);
    expect(seen.calls).toBeGreaterThanOrEqual(200);
    expect(Math.min(seen.byAdministrator, seen.byAgent, seen.keyRotations)).toBeGreaterThan(0);
  },
);
