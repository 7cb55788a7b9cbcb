import { describe, expect, it } from 'vitest';
import { ConversationLabels, mostLabelled } from './conversation-labels.js';

const now = Date.UTC(2026, 5, 1, 12);
const hour = 3_600_000;
const fresh = { trust: 'trusted', secrecy: 'public' };
const untrusted = { trust: 'untrusted' } as const;
const inOne = { agent: 'a', user: 'portcullis:ada', conversation: 'c-1' };

describe('the labels of a conversation', () => {
  it('are the lowest trust and the highest secrecy of all that left in it', () => {
    const labels = new ConversationLabels();
    expect(labels.of(inOne, now)).toEqual(fresh);

    labels.raise(inOne, { secrecy: 'secret' }, now);
    labels.raise(inOne, { trust: 'untrusted', secrecy: 'internal' }, now);
    labels.raise(inOne, { trust: 'trusted', secrecy: 'public' }, now);

    expect(labels.of(inOne, now)).toEqual({ trust: 'untrusted', secrecy: 'secret' });
  });

  it('are those of no other conversation, but of every agent in this one', () => {
    const labels = new ConversationLabels();
    labels.raise(inOne, untrusted, now);

    expect(labels.of({ ...inOne, conversation: 'c-2' }, now)).toEqual(fresh);
    expect(labels.of({ agent: 'b', conversation: 'c-1' }, now)).toMatchObject(untrusted);
  });

  it('P-E5 are one bucket for agent and user where the token has none, and leaving it out buys nothing', () => {
    const labels = new ConversationLabels();
    labels.raise(inOne, untrusted, now);

    expect(labels.of({ agent: 'a', user: 'portcullis:ada' }, now)).toMatchObject(untrusted);
    expect(labels.of({ agent: 'a' }, now)).toMatchObject(untrusted);
    expect(labels.of({ agent: 'a', user: 'portcullis:bob' }, now)).toEqual(fresh);
    expect(labels.of({ agent: 'b' }, now)).toEqual(fresh);
  });

  it('outlive every conversation, and are forgotten a day after the last one', () => {
    const labels = new ConversationLabels();
    labels.raise(inOne, untrusted, now);
    labels.raise(inOne, { secrecy: 'internal' }, now + hour);

    expect(labels.of(inOne, now + 25 * hour - 1)).toEqual({ trust: 'untrusted', secrecy: 'internal' });
    expect(labels.of(inOne, now + 25 * hour)).toEqual(fresh);
  });

  it('are never forgotten for want of room: what would need more must not leave', () => {
    const labels = new ConversationLabels();
    let count = 0;
    while (labels.raise({ agent: 'a', conversation: `c-${count}` }, untrusted, now)) count += 1;

    expect(count).toBe(mostLabelled - 1);
    expect(labels.raise({ agent: 'a', conversation: 'one-more' }, { trust: 'trusted' }, now)).toBe(true);
    expect(labels.raise({ agent: 'a', conversation: 'c-1' }, { secrecy: 'secret' }, now)).toBe(true);
    expect(labels.of({ agent: 'a', conversation: 'c-0' }, now)).toMatchObject(untrusted);
    expect(labels.raise({ agent: 'a', conversation: 'one-more' }, untrusted, now + 24 * hour)).toBe(true);
  });
});
