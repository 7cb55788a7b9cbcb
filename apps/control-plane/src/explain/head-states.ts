import { Injectable } from '@nestjs/common';
import { loadEngines } from '@portcullis/policy/engines';
import { Pool } from 'pg';
import { readAsOf, readSince } from '../change-log/read-log.js';
import { World } from '../feed/world.js';
import { StatesAtHead } from './states-at-head.js';

/** This process's own follower of the change log, for explaining; it reads nothing until it is first asked. */
@Injectable()
export class HeadStates {
  #held: StatesAtHead | undefined;
  #reading: Promise<StatesAtHead> | undefined;

  constructor(private readonly pool: Pool) {}

  /** Every slice as a guard holds it at a head that was read after this call began. */
  async atHead(): Promise<StatesAtHead> {
    const before = this.#reading;
    const reading = (before ?? Promise.resolve()).then(
      () => this.#read(),
      () => this.#read(),
    );
    this.#reading = reading;
    return reading;
  }

  async #read(): Promise<StatesAtHead> {
    const held = this.#held;
    const reading = await readSince(this.pool, held?.head ?? Number.MAX_SAFE_INTEGER);
    if (held && held.generation === reading.generation.id && reading.head >= held.head) {
      held.advance(reading);
      return held;
    }
    const world = new World(await readAsOf(this.pool, reading.head));
    this.#held = new StatesAtHead(world, reading, await loadEngines());
    return this.#held;
  }
}
