import { describe, expect, it } from 'vitest';
import { Loss } from './loss.js';
import type { Denial } from './types.js';

const denialFor = (reason: 'kill_switch' | 'policy'): Denial => ({
  meta: { outcome: 'aborted', decision: 'd1', revision: 7, reason },
  hidden: false,
});
const denial = denialFor('kill_switch');
const other = denialFor('policy');

describe('the loss of a right', () => {
  it('is told to everyone who waits, once, and at once to who comes later', () => {
    const loss = new Loss();
    const heard: [string, Denial][] = [];
    loss.on((why) => heard.push(['first', why]));
    loss.on((why) => heard.push(['second', why]));
    expect([loss.hasHappened, heard]).toEqual([false, []]);
    loss.happen(denial);
    loss.happen(other);
    loss.on((why) => heard.push(['late', why]));
    expect(loss.hasHappened).toBe(true);
    expect(heard).toEqual([
      ['first', denial],
      ['second', denial],
      ['late', denial],
    ]);
  });

  it('aborts a signal, whether that was asked for before or after', () => {
    const loss = new Loss();
    const { signal } = loss;
    expect([signal.aborted, loss.signal === signal]).toEqual([false, true]);
    loss.happen(denial);
    expect([signal.aborted, signal.reason]).toEqual([true, denial]);
    const early = new Loss();
    early.happen(denial);
    expect([early.signal.aborted, early.signal.reason]).toEqual([true, denial]);
  });

  it('reaches the next who waits when one before it throws, and the process hears of that', async () => {
    const loss = new Loss();
    const uncaught = new Promise((resolve) => {
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.once('uncaughtException', (error) => {
        others.forEach((one) => process.on('uncaughtException', one));
        resolve(error);
      });
    });
    let isTold = false;
    loss.on(() => {
      throw new Error('a broken host');
    });
    loss.on(() => (isTold = true));
    loss.happen(denial);
    expect(isTold).toBe(true);
    expect(await uncaught).toMatchObject({ message: 'a broken host' });
  });
});
