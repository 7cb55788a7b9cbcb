import { describe, expect, it } from 'vitest';
import type { AnnouncedTool } from './catalogue.js';
import { SessionCatalogue } from './session-catalogue.js';

const tool = (name: string, definition: string): AnnouncedTool => ({ name, said: { name }, definition });

/** A catalogue whose readings end when the test says so. */
function scripted(waitMs = 60_000) {
  const readings: { give: (tools: readonly AnnouncedTool[] | undefined) => void; fail: (why: Error) => void }[] = [];
  const errors: Error[] = [];
  const read = () => new Promise<readonly AnnouncedTool[] | undefined>((give, fail) => readings.push({ give, fail }));
  const parts = { read, onRead: () => undefined, onError: (error: Error) => void errors.push(error), waitMs };
  return { catalogue: new SessionCatalogue(parts), readings, errors };
}

describe('what a session knows of its server’s tools', () => {
  it('is read once, for all who ask', async () => {
    const { catalogue, readings } = scripted();
    const asked = [catalogue.definitionOf('a'), catalogue.definitionOf('b')];
    readings[0]?.give([tool('a', 'h1')]);
    expect(await Promise.all(asked)).toEqual(['h1', undefined]);
    expect(await catalogue.definitionOf('a')).toBe('h1');
    expect(readings).toHaveLength(1);
  });

  it('counts no more while it is read anew: the newest reading is awaited', async () => {
    const { catalogue, readings } = scripted();
    const first = catalogue.definitionOf('a');
    catalogue.refresh();
    readings[0]?.give([tool('a', 'old')]);
    readings[1]?.give([tool('a', 'new')]);
    expect(await first).toBe('new');
  });

  it('is nothing when the server does not answer in time, and is there once it has', async () => {
    const { catalogue, readings } = scripted(20);
    expect(await catalogue.definitionOf('a')).toBeUndefined();
    expect(await catalogue.definitionOf('a')).toBeUndefined();
    readings[0]?.give([tool('a', 'h1')]);
    await Promise.resolve();
    expect(await catalogue.definitionOf('a')).toBe('h1');
  });

  it('is read again after it could not be read', async () => {
    const { catalogue, readings, errors } = scripted();
    const first = catalogue.definitionOf('a');
    readings[0]?.fail(new Error('broken'));
    expect(await first).toBeUndefined();
    expect(errors.map(({ message }) => message)).toEqual(['broken']);
    const second = catalogue.definitionOf('a');
    readings[1]?.give([tool('a', 'h1')]);
    expect(await second).toBe('h1');
  });

  it('is compared with each page the server gives', async () => {
    const { catalogue, readings } = scripted();
    const first = catalogue.definitionOf('a');
    readings[0]?.give([tool('a', 'h1')]);
    await first;
    catalogue.compare([tool('a', 'h1')]);
    expect(readings).toHaveLength(1);
    catalogue.compare([tool('a', 'h2')]);
    const asked = catalogue.definitionOf('a');
    readings[1]?.give([tool('a', 'h2')]);
    expect(await asked).toBe('h2');
  });
});
