/** Database time between two readings of it: the last one plus what has gone by here. Never backwards. */
export class ControlClock {
  #time = Number.NEGATIVE_INFINITY;
  #readAt = performance.now();

  set(controlTime: number): void {
    this.#time = Math.max(controlTime, this.#time + (performance.now() - this.#readAt));
    this.#readAt = performance.now();
  }

  now(): number {
    return Math.floor(this.#time + (performance.now() - this.#readAt));
  }
}
