import { uptime } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Everything a guard knows about time, in milliseconds, so that a test can be its clock. */
export interface Clock {
  /** Never jumps; stops while the machine is suspended. */
  monotonic(): number;
  /** Since the machine started; goes on during suspend. Costs 5 us: read on a timer and per report, never per call. */
  uptime(): number;
  /** The wall clock. It can only shorten a lease; it decides nothing else. */
  wall(): number;
  /** Runs `act` every `ms` until the returned function is called. Does not keep the process alive. */
  every(ms: number, act: () => void): () => void;
  /** Runs `act` once after `ms` unless the returned function is called first. Does not keep the process alive. */
  after(ms: number, act: () => void): () => void;
}

/** The machine's clocks. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
  wall: () => Date.now(),
  every(ms, act) {
    const timer = setInterval(act, ms).unref();
    return () => clearInterval(timer);
  },
  after(ms, act) {
    const timer = setTimeout(act, ms).unref();
    return () => clearTimeout(timer);
  },
};
